"""The harness counts a company's files itself: where product and files mean the same, they agree to the last visit."""

from pathlib import Path

import pytest

from benchmarks import truth
from data.build.build import build
from data.demo import generate
from data.store.generations import open_generation
from metrics.compute.run import run
from metrics.query.query import Query

DAYS, SEED = 140, 3


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("counted")
    generate(folder / "company", people=300, days=DAYS, seed=SEED, effects="none", workers=1)
    assert build(folder / "company" / "sources.toml", None, folder / "store").generation
    return folder, truth.count(folder / "company", SEED, DAYS)


@pytest.mark.parametrize(
    ("metric", "stages"),
    [
        ("completion_rate", ("Find", "Evaluate", "Decide", "Buy", "Engage")),
        ("backtrack_rate", ("Decide",)),
        ("error_rate", ("Buy",)),
        ("csat_t2b_5", ("Buy", "Engage")),
        ("nps_transactional", ("Engage",)),
    ],
)
def test_the_products_value_is_the_files_value(made, metric, stages):
    folder, counted = made
    result = run(Query((metric,), by=("stage",)), open_generation(folder / "store"))
    for stage in stages:
        cell, own = result.cell(metric, stage=stage), counted[metric, stage]
        assert (cell.n, cell.value) == (own.n, pytest.approx(own.value))


def test_shocks_are_those_of_the_weeks_the_visits_were_in(made):
    _, counted = made
    buy = counted["completion_rate", "Buy"]
    assert buy.shock != 0
    assert abs(buy.shock / buy.n) < 0.04  # four standard deviations of a single week
    assert counted["csat_t2b_5", "Buy"].shock == 0
