"""The block of channels: what is sure stands in its title, what is not is hollow, what is refused says why."""

from dataclasses import replace

from charts.channels import figure as draw
from charts.tokens import PAPER
from metrics.analyses.channels import Channel, ChannelComparison, Standing
from metrics.catalogue.load import definition
from metrics.codes import ReasonCode, because
from metrics.query.query import Query
from metrics.query.result import Cell, State
from metrics.statistics.core import Estimate
from report.words import channel_words


def channel(name: str, raw: float, fair: float, standing: Standing, gap: Estimate | None = None) -> Channel:
    cell = Cell("csat_t2b_5", {"touch_channel": name}, raw, raw - 0.03, raw + 0.03, 400, 390, State.SHOWN)
    return Channel(name, cell, standing, "", Estimate(fair, fair - 0.03, fair + 0.03), gap)


MADE = ChannelComparison(
    Query(("csat_t2b_5",), "P", ("Buy",)),
    definition("csat_t2b_5"),
    (
        channel("web", 0.65, 0.64, Standing.REFERENCE),
        channel("app", 0.57, 0.62, Standing.CANNOT_TELL, Estimate(-0.02, -0.07, 0.03)),
        channel("phone", 0.52, 0.55, Standing.WORSE, Estimate(-0.09, -0.13, -0.05)),
    ),
    held=("task",),
)


def marks(figure) -> list[tuple]:
    """(value, hollow) of every mark in the order drawn."""
    return [(x, trace.marker.color == PAPER) for trace in figure.traces if trace.mode == "markers" for x in trace.x]


def test_the_title_names_what_is_sure_and_nothing_else():
    assert channel_words.title(MADE) == "Satisfied in Buy: phone is 9 points below web at the same task"
    alike = replace(
        MADE, channels=(MADE.channels[0], replace(MADE.channels[1], standing=Standing.EQUIVALENT), MADE.channels[2])
    )
    assert (
        channel_words.title(alike)
        == "Satisfied in Buy: phone is 9 points below web at the same task; app and web are alike"
    )
    quiet = replace(MADE, channels=MADE.channels[:2])
    assert channel_words.title(quiet) == "Satisfied in Buy: no channel surely differs from web at the same task"


def test_as_measured_is_small_and_what_cannot_be_told_is_hollow():
    figure = draw(MADE)
    assert marks(figure) == [(0.65, True), (0.64, False), (0.57, True), (0.62, True), (0.52, True), (0.55, False)]
    said = " ".join(note["text"] for note in figure.notes)
    assert "cannot tell, −7.0 to +3.0 points · n 400" in said and "worse, −13.0 to −5.0 points" in said


def test_what_is_refused_says_why_and_shows_what_was_measured():
    refused = replace(
        MADE,
        held=(),
        refused=because(ReasonCode.NO_SHARED_WAY, channels=(("web", "exit", "email"), ("phone", "exit", "phone"))),
        channels=tuple(
            replace(c, standing=Standing.NOT_COMPARED, standardised=None, difference=None) for c in MADE.channels
        ),
    )
    assert channel_words.title(refused) == "Satisfied in Buy, by channel" and channel_words.footnote(refused) == ""
    assert "asked in another way" in channel_words.subtitle(refused)
    assert [value for value, _ in marks(draw(refused))] == [0.65, 0.57, 0.52]


def test_the_interval_of_a_withheld_channel_is_nowhere():
    hidden = Cell(
        "csat_t2b_5",
        {"touch_channel": "store"},
        None,
        None,
        None,
        0,
        0,
        State.SUPPRESSED,
        because(ReasonCode.FEW_PEOPLE, least=5),
    )
    made = replace(MADE, channels=(*MADE.channels, Channel("store", hidden, Standing.NOT_COMPARED, hidden.reason)))
    assert len(marks(draw(made))) == 6 and "store: under 5" in channel_words.screen_reader_text(made)
