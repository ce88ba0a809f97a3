"""The model SQL is written once: it states its grain, and sqlglot turns it into Spark's dialect without an error."""

import pytest
import sqlglot
from sqlglot import ErrorLevel, exp

from data.build.models import MODELS
from tests.core.company import ROOT

FILES = {path.stem: path for path in sorted((ROOT / "data" / "model").glob("*.sql"))}
# Steps of the build on this machine, which no engine runs: they change the landing tables or have names filled in.
LOCAL = {
    "load_account": "inserts into refusals and replaces loads: the account of files read here",
    "needed_offsets": "deletes the time-zone spans the data does not touch: a setting, made before the models",
    "leave_out": "deletes from the landing tables by rowid, with @table and @where filled in",
    "leave_out_texts": "forgets texts in the landing tables",
    "settle_repeats": "deletes from the landing tables by rowid, with @names filled in",
    "settle_order_lines": "adds up and deletes lines of the landing table of orders by rowid",
    "settle_refunds": "deletes from the landing tables by rowid",
    "settle_overlaps": "deletes from the landing tables by rowid, with @table filled in",
    "settle_intraday": "deletes from the landing tables by rowid, with @names filled in",
    "join_tags": "writes the tags of side tables into the landing table of tickets",
}
MODEL_FILES = [name for name in FILES if name not in LOCAL]


@pytest.mark.parametrize("name", [name for name in FILES if name != "needed_offsets"])
def test_the_first_line_states_the_grain(name):
    """What one row is stands before anything else."""
    assert FILES[name].read_text(encoding="utf-8").startswith("-- one row")


@pytest.mark.parametrize("name", MODEL_FILES)
def test_a_model_is_one_select_that_spark_parses(name):
    """One SELECT or WITH; its transpiled text is parsed again as Spark's."""
    (statement,) = sqlglot.parse(FILES[name].read_text(encoding="utf-8"), read="duckdb")
    assert isinstance(statement, (exp.Select, exp.Union))
    text = statement.sql(dialect="spark", unsupported_level=ErrorLevel.RAISE)
    assert isinstance(sqlglot.parse_one(text, read="spark"), (exp.Select, exp.Union))


def test_the_local_files_are_named_and_there():
    """The list of exceptions holds only files that exist and are no models."""
    assert set(LOCAL) <= set(FILES)
    assert not set(LOCAL) & set(MODELS)


def test_every_model_of_the_build_is_a_file():
    assert set(MODELS) <= set(FILES)


@pytest.mark.parametrize("name", MODELS)
def test_a_model_reads_only_what_stands_before_it(name):
    """The order of MODELS is an order of dependence."""
    tree = sqlglot.parse_one(FILES[name].read_text(encoding="utf-8"), read="duckdb")
    read = {table.name for table in tree.find_all(exp.Table)}
    assert not read & set(MODELS[MODELS.index(name) :])
