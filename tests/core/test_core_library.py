"""The package as a library: docs/LIBRARY.md is run line by line, and its numbers are those of the command line."""

import doctest
import json

import pandas as pd
import pytest

import metrics
from data.errors import UserError
from tests.core.company import ROOT

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    surveys = ["s"]
    goal = "event:purchase"
    [[journey.stage]]
    name = "Care"
    paths = ["/help"]
    [[survey]]
    name = "s"
    kind = "transactional"
    trigger = "random"
"""


@pytest.fixture(scope="module")
def shop(module_company):
    """40 people in Buy, 30 buy, 25 answer: ten 5, ten 4, five 2. Four people in Care."""
    events = ["occurred_at  customer_id  device  event_name  url"]
    for n in range(40):
        events.append(f"2026-03-02T10:00  k{n}  {'phone' if n % 2 else 'desk'}  page_view  /cart")
        events += [f"2026-03-02T10:01  k{n}  {'phone' if n % 2 else 'desk'}  purchase  -"] if n < 30 else []
    events += [f"2026-03-03T10:00  k{n}  desk  page_view  /help" for n in range(4)]
    answers = ["responded_at  customer_id  survey  metric  scale_min  scale_max  score"]
    answers += [
        f"2026-03-02T12:00  k{n}  s  csat  1  5  {score}" for n, score in enumerate([5] * 10 + [4] * 10 + [2] * 5)
    ]
    return module_company(journey=JOURNEY, web_events="\n".join(events), survey_answers="\n".join(answers))


def test_the_examples_of_the_documentation_run(shop, tmp_path, monkeypatch):
    """Every line of docs/LIBRARY.md gives what stands below it."""
    (tmp_path / ".store").symlink_to(shop.store.path.resolve())
    monkeypatch.chdir(tmp_path)
    found = doctest.testfile(
        str(ROOT / "docs" / "LIBRARY.md"), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE
    )
    assert found.attempted >= 10 and found.failed == 0


def test_the_frame_holds_what_the_command_line_prints(shop, cli):
    """The same cells, missing where null."""
    frame = metrics.open(shop.store.path).show("completion_rate", by="stage")
    cells = json.loads(
        cli(
            "metrics", "show", "completion_rate", "--by", "stage", "--store", shop.store.path, "--format", "json"
        ).stdout
    )
    for row, cell in zip(frame.to_dict("records"), cells, strict=True):
        assert row["stage"] == cell["by"]["stage"] and row["state"] == cell["state"]
        assert pd.isna(row["value"]) if cell["value"] is None else row["value"] == cell["value"]


def test_a_withheld_cell_has_no_count(shop):
    """Four people in Care: neither value nor n, nor that of the cell withheld with it."""
    frame = metrics.open(shop.store.path).show("action_rate", by="stage")
    assert set(frame["state"]) == {"suppressed"} and frame["n"].isna().all() and frame["value"].isna().all()


def test_a_slip_is_a_sentence(shop, tmp_path):
    with pytest.raises(UserError, match="Did you mean 'completion_rate'"):
        metrics.open(shop.store.path).show("completion_rat")
    with pytest.raises(UserError):
        metrics.open(tmp_path / "nowhere")
