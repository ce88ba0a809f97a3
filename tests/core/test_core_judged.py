"""A compared answer says of every difference whether it is told, and how large one would have to be: the verdict of the pages."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

import metrics
from metrics.analyses import standing, verdicts
from metrics.analyses.changes import changes
from metrics.catalogue.load import catalogue
from metrics.codes import NoteCode, remark
from metrics.compute.run import run
from metrics.query.query import Query
from report.words import change_words
from report.words.warnings import note_text
from tests.core import test_core_changes
from tests.core.test_core_changes import FIRST, WEEKS, asked

built = test_core_changes.built  # the same shop of 40 weeks


def answered(built, query: Query) -> dict[tuple, object]:
    result = verdicts.with_verdicts(run(query, built.store.generation()), built.store.generation())
    return {(cell.metric, cell.by.get("stage"), cell.by.get("touch_channel")): cell.compare for cell in result.cells}


def test_an_answer_carries_the_verdict_of_the_family(built):
    """Errors doubled in Buy and are told; their reach is that of the change the pages show, whatever else was asked."""
    family = {(c.metric, c.stage, c.channel): c for c in changes(asked(), built.store.generation())}
    found = answered(built, replace(asked(), metrics=("error_rate", "completion_rate"), by=("stage", "touch_channel")))
    compared = {
        name: other for name, other in found.items() if other is not None and other.diff is not None and name in family
    }
    assert len(compared) >= 4
    for name, other in compared.items():
        assert (other.could_see, other.normal, other.power) == (
            family[name].seen,
            family[name].normal,
            family[name].power,
        )
        assert other.standing == standing.standing_of(family[name])
    assert answered(built, replace(asked(), metrics=("error_rate",), stages=("Buy",)))[
        "error_rate", None, None
    ].standing == remark(NoteCode.TOLD)


def test_a_reach_is_a_size_told_four_times_in_five(built):
    """At the size that could be seen the power is .8; a change that matters less than that is told less often."""
    for change in changes(asked(), built.store.generation()):
        if change.seen is not None and not change.channel:
            assert (change.power > 0.8) == (change.definition.matters > change.seen)
            assert change.seen > change.normal


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"metrics": ("dwell_p50",), "by": ("stage",)}, NoteCode.NOT_SCANNED),
        ({"metrics": ("completion_rate",), "by": ("device",)}, NoteCode.OTHER_BREAKDOWN),
        ({"metrics": ("completion_rate",), "by": ("touch_channel",)}, NoteCode.OTHER_BREAKDOWN),
        (
            {"metrics": ("completion_rate",), "start": FIRST + timedelta(days=7 * (WEEKS - 4) + 1)},
            NoteCode.PARTIAL_WEEKS,
        ),
    ],
)
def test_what_is_not_judged_says_why(built, query, said):
    """No number stands for a change nobody looked for."""
    found = [
        other
        for other in answered(built, replace(asked(), **query)).values()
        if other is not None and other.diff is not None
    ]
    assert found and all((other.standing.code, other.could_see, other.power) == (said, None, None) for other in found)


def test_a_filtered_change_is_called_exploratory(built):
    found = answered(built, replace(asked(), by=("stage",), filters=(("device", "mobile"),)))
    found = found["completion_rate", "Buy", None]
    assert note_text(found.standing).endswith("exploratory: of a filtered view")


def test_command_line_and_library_print_it(built, cli):
    end = FIRST + timedelta(days=7 * WEEKS - 1)
    how = (
        "--by",
        "stage",
        "--compare",
        "previous",
        "--from",
        end - timedelta(days=27),
        "--to",
        end,
        "--store",
        built.store.path,
    )
    cells = json.loads(cli("metrics", "show", "error_rate", *how, "--format", "json").stdout)
    frame = metrics.open(built.store.path).show(
        "error_rate", "stage", compare="previous", start=end - timedelta(days=27), end=end
    )
    buy = next(cell for cell in cells if cell["by"]["stage"] == "Buy")
    row = frame[frame["stage"] == "Buy"].iloc[0]
    assert buy["compare"]["standing"] == row["standing"] == "beyond normal variation"
    assert buy["compare"]["standing_code"] == {"code": "told", "numbers": {}}
    assert buy["compare"]["could_see"] == row["could_see"] > buy["compare"]["normal"] > 0
    printed = cli("metrics", "show", "error_rate", *how).stdout
    assert f"±{100 * row['could_see']:.1f} points" in printed and "reported four times in five" in printed
    plain = metrics.open(built.store.path).show("error_rate", "stage")
    assert "standing" not in plain, "without a comparison there is no verdict"


def test_a_definition_says_how_often_what_matters_would_be_told(built):
    found = catalogue()["error_rate"]
    moved = changes(asked(), built.store.generation())
    buy = next(c for c in moved if (c.metric, c.stage, c.channel) == ("error_rate", "Buy", None))
    said = change_words.chances(moved, found)
    assert (
        f"Buy: {100 * buy.power:.0f} of 100, four in five from {change_words.detectable(buy)}" in said
        and "percentage point" in said
    )
    assert change_words.chances([replace(c, seen=None, power=None) for c in moved], found) == ""
