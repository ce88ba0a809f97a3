"""Lists on their way out: moves, reasons, pages, words as CSV, workbook and picture, each with the small print."""

import csv
from datetime import date

import pytest
from lxml import etree

from data.build import build
from data.store import Generation, open_generation
from exports import channel_list, listfile, listing, offer, picture
from exports.listing import listing_of
from metrics.channel_comparison import compare_channels
from metrics.query import Query
from tests.exports.conftest import unzipped
from tests.exports.shop import ANSWERS, FORMULA, SOURCES, build_shop

PERIOD = {"start": date(2026, 3, 2), "end": date(2026, 5, 31)}
WORDS = (FORMULA, "+49 was it", "-1 star", "@here", "\tlate", "fine", "quick", "write jo@x.example")


@pytest.fixture(scope="module")
def talking(tmp_path_factory) -> Generation:
    """Eight people who wrote, each something a spreadsheet would take for a formula, or an address."""
    folder = tmp_path_factory.mktemp("talking")
    lines = [f'r{i},2026-04-01T10:00:00Z,buy,p{i},,{1 + i % 5},"{text.replace(chr(34), chr(34) * 2)}"' for i, text in enumerate(WORDS)]
    (folder / "answers.csv").write_text("\n".join([ANSWERS + ",comment", *lines]) + "\n")
    (folder / "sources.toml").write_text(SOURCES.split("[[source]]")[0] + "[[source]]" + SOURCES.split("[[source]]")[2])
    (folder / "journey.toml").write_text('[[journey]]\nname = "Shop"\n[[journey.stage]]\nname = "Buy"\npaths = ["/buy*"]\nsurveys = ["buy"]\n'
                                         '[[survey]]\nname = "buy"\nkind = "transactional"\n')
    assert build(folder / "sources.toml", None, folder / "store").generation
    return open_generation(folder / "store")


@pytest.fixture(scope="module")
def moving(tmp_path_factory) -> Generation:
    return build_shop(tmp_path_factory.mktemp("moving"))


def parsed(content: bytes) -> tuple[list[str], list[dict]]:
    """(comment lines, rows) of a CSV."""
    lines = content.decode("utf-8-sig").splitlines(keepends=True)
    return [line.strip() for line in lines if line.startswith("# ")], list(csv.DictReader(line for line in lines if not line.startswith("# ")))


def test_words_leave_redacted_and_harmless(talking):
    """No cell begins like a formula, no address, no person, and the score in words."""
    _, rows = parsed(offer.list_table("words", Query((), "Shop", ("Buy",), **PERIOD), talking, ""))
    said = {row["comment"] for row in rows}
    assert len(said) == 8 and "'" + FORMULA in said and "write [e-mail]" in said
    assert not [text for text in said if text.startswith(("=", "+", "-", "@", "\t"))]
    assert list(rows[0]) == ["comment", "score", "survey", "day", "touch_channel", "language"] and rows[0]["score"].startswith("satisfied ")
    parts = unzipped(offer.list_book("words", Query((), "Shop", ("Buy",), **PERIOD), talking, ""))
    assert b"<f>" not in parts["xl/worksheets/sheet1.xml"] and b"jo@x.example" not in parts["xl/sharedStrings.xml"]


def test_fewer_writers_than_eight_leave_nothing(talking):
    """In a period in which nobody wrote, the file says that too few did, and holds no row."""
    comments, rows = parsed(offer.list_table("words", Query((), "Shop", ("Buy",), start=date(2026, 5, 1), end=date(2026, 5, 31)), talking, ""))
    assert rows == [] and comments[0] == "# Too few comments to show"


def test_the_small_print_names_filters_that_do_not_apply_period_n_and_link(moving):
    query = Query((), "Shop", **PERIOD, filters=(("device", "mobile"),))
    comments, rows = parsed(offer.list_table("moves", query, moving, "https://tl.example"))
    assert "# Period: 2 Mar – 31 May 2026" in comments and "# Mind: simulated data" in comments
    assert "# Mind: the filter on device mobile does not apply here" in comments
    assert f"# n: {sum(int(row['visits']) for row in rows):,} visits" in comments
    assert comments[-1].startswith("# Link: https://tl.example/journey?v=1&") and any("under 5" in line for line in comments)
    find = {row["to_stage"]: row for row in rows if row["from_stage"] == "Find"}
    assert float(find["Buy"]["share"]) == 1.0 and int(find["Buy"]["visits"]) == 13 * 96


def test_the_workbook_has_a_native_chart_on_its_own_cells(moving):
    found = listing_of("moves", Query((), "Shop", **PERIOD), moving)
    parts = unzipped(listfile.book(found))
    chart = etree.fromstring(parts["xl/charts/chart1.xml"])
    assert [float(v.text) for v in chart.find(".//{*}val").iter("{*}v")] == pytest.approx([row[3] for row in found.rows])
    assert chart.find(".//{*}val//{*}f").text == f"moves!$D$6:$D${5 + len(found.rows)}"


def test_the_picture_carries_finding_and_small_print(moving):
    """The page's own chart for moves, a table with bars for a list: both framed with title and foot."""
    found = listing_of("moves", Query((), "Shop", **PERIOD), moving)
    framed = picture.around(listing.figure_of(found), found.title, found.subtitle, listing.print_line(found))
    texts = " ".join(note["text"] for note in framed.notes)
    assert found.title in texts and "simulated data" in texts and "<b>Buy</b>" in texts
    pages = listing_of("pages", Query((), "Shop", ("Buy",), **PERIOD), moving)
    drawn = " ".join(note["text"] for note in listing.figure_of(pages).notes)
    assert "/buy" in drawn and "Per 100 views" in drawn and f"{pages.rows[0][1]:,}" in drawn


def test_channels_leave_as_measured_and_at_the_same_task(moving):
    """Both figures a channel with their bounds, the same numbers as the comparison, how it was compared, and the filter that applies."""
    query = Query(("completion_rate",), "Shop", ("Buy",), **PERIOD, filters=(("customer", "false"),))
    made = compare_channels(query, moving)
    comments, rows = parsed(offer.list_table("channels", query, moving, ""))
    assert [row["channel"] for row in rows] == [c.name for c in made.channels] and len(rows) == 2
    assert [float(row["measured"]) for row in rows] == [c.raw.value for c in made.channels]
    assert [row["same_task"] for row in rows] == [str(c.standardised.value) if c.standardised else "" for c in made.channels]
    assert f"# n: {13 * 96:,} visits" in comments and any("customer" in line for line in comments if line.startswith("# Shown"))
    found = channel_list.channels_of(query, moving)
    assert "<b>web</b>" in " ".join(note["text"] for note in found.figure.notes)
