"""Who and what counts is written once: in the populations of data/model (pop_*.sql), never in a metric, a question or a view."""

import re

import pytest

from data.build.models import MODELS, POPULATIONS, SERVED
from metrics.catalogue.definition import FACTS
from metrics.catalogue.definition import POPULATIONS as COUNTED
from metrics.catalogue.load import catalogue
from tests.core.company import ROOT

# What a population decides: bots, colleagues, what counts of tickets, the bounds of scales, triggers and direction.
DECIDED = re.compile(
    r"\b(is_bot|staff_test|counted(?!_)|excluded_because\s*(=|<>|in)|scale_min|higher_is_better|survey_kind\s*(=|in|not)|trigger\s*(=|in|not)|"
    r"lowest|highest)\b"
)
RAW = re.compile(
    r"\b(?:from|join)\s+(visits|occasions|answers|tickets|orders|invitations|questionnaires|promises|friction_moments|help_visits|vitals|"
    r"verbatims|events)\b"
)
QUESTIONS = sorted((ROOT / "metrics" / "sql").glob("*.sql"))
# Say what a population leaves out, and why: they must read it all.
LEFT_OUT = {"left_out", "unscored"}
# Columns of a kind's own sums, no condition on a ticket: the two sides of a ratio.
RATIO_COLUMNS = {"survival", "page_exits", "contacts_and_orders", "contacts_and_visits", "ratio", "path_visits"}


def conditions(metric: str) -> str:
    """Every SQL expression of a definition, those of other tools' variants too."""
    found = catalogue()[metric]
    measures = [vars(found.measure), *(entry["measure"] for entry in found.also_known_as if "measure" in entry)]
    return " ; ".join(
        str(part)
        for measure in measures
        for key, part in measure.items()
        if key in ("value", "where", "vote", "vote_order", "parts")
    )


@pytest.mark.parametrize("metric", sorted(catalogue()))
def test_a_definition_names_a_population_and_only_its_own_condition(metric):
    found = catalogue()[metric]
    measures = [
        found.measure.fact,
        *(entry["measure"]["fact"] for entry in found.also_known_as if "fact" in entry.get("measure", {})),
    ]
    assert set(measures) <= set(COUNTED)
    assert not DECIDED.search(conditions(metric)), DECIDED.search(conditions(metric))
    assert not RAW.search(conditions(metric))


@pytest.mark.parametrize("path", [path for path in QUESTIONS if path.stem not in LEFT_OUT], ids=lambda path: path.stem)
def test_a_question_reads_populations(path):
    """Over every SQL file of metrics: no table behind a population, and no condition that a population decides."""
    text = re.sub(r"--.*", "", path.read_text(encoding="utf-8"))
    assert not RAW.search(text), RAW.search(text)
    if path.stem in RATIO_COLUMNS:
        text = re.sub(r"\bcounted\b", "", text)
    assert not DECIDED.search(text), DECIDED.search(text)


@pytest.mark.parametrize("folder", ["metrics", "ui", "exports", "pages"])
def test_no_python_file_decides_who_counts(folder):
    """SQL pasted into Python is held to the same."""
    for path in sorted((ROOT / folder).rglob("*.py")):
        strings = " ".join(re.findall(r"\"[^\"\n]*\"|\"\"\".*?\"\"\"", path.read_text(encoding="utf-8"), re.DOTALL))
        said = re.search(
            r"\b(is_bot|staff_test)\b|not \w+\.counted|select [^\"]{0,200}\bfrom (visits|answers|tickets|orders|occasions)\b",
            strings,
        )
        assert not said, (path, said)


def test_each_population_is_served_and_known():
    """The catalogue, the build and the folder of models know the same populations; the tables stay a promise."""
    assert set(COUNTED) == set(POPULATIONS)
    assert set(POPULATIONS.values()) <= set(MODELS)
    files = {path.stem for path in (ROOT / "data" / "model").glob("pop_*.sql")}
    assert files == {*POPULATIONS.values(), "pop_events"}
    assert set(COUNTED.values()) <= set(SERVED) and set(COUNTED.values()) <= set(FACTS)
