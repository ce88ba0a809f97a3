"""Workbook and CSV: numbers as numbers, formulas harmless, the small print; and nothing of a withheld cell anywhere."""

import csv
from dataclasses import replace
from datetime import date

import pytest
from lxml import etree

from exports import digest
from exports.cards.collect import ask
from exports.csv import table
from exports.image import picture
from exports.pptx import deck
from exports.xlsx import workbook
from metrics.analyses.stage_scores import standing_positions
from metrics.query import context
from metrics.query.query import Query
from metrics.query.resolve import resolve
from report.findings import asked as asked_findings
from report.tables import flat
from tests.exports.conftest import PERIOD, unzipped
from tests.exports.shop import AT, FORMULA, build_shop
from ui.session import source
from ui.session.state import Frame
from ui.views import overview


def rows(content: bytes) -> tuple[list[str], list[dict]]:
    """(comment lines, rows) of a CSV."""
    lines = content.decode("utf-8-sig").splitlines()
    return [line for line in lines if line.startswith("# ")], list(
        csv.DictReader(line for line in lines if not line.startswith("# "))
    )


def sheet_cells(content: bytes, number: int) -> dict[str, object]:
    """Address → number or text of a sheet of a workbook, read from its XML."""
    parts = unzipped(content)
    strings = [
        "".join(t.text or "" for t in si.iter("{*}t"))
        for si in etree.fromstring(parts["xl/sharedStrings.xml"]).iter("{*}si")
    ]
    found = {}
    for cell in etree.fromstring(parts[f"xl/worksheets/sheet{number}.xml"]).iter("{*}c"):
        value = cell.findtext("{*}v")
        if value is not None:
            found[cell.get("r")] = strings[int(value)] if cell.get("t") == "s" else float(value)
    return found


def test_csv_is_the_result_with_its_small_print(card):
    found = card("completion_rate")
    comments, lines = rows(table.build(found))
    assert (
        comments[0] == f"# {found.title}"
        and comments[-1] == f"# Link: {found.link}"
        and "# Mind: simulated data" in comments
    )
    assert [float(line["value"]) for line in lines if line["value"]] == [
        cell.value for cell in found.result.cells if cell.valued
    ]
    assert list(lines[0]) == list(flat(found.result)[0])


def test_csv_formulas_are_neutralised(card):
    _, lines = rows(table.build(card("completion_rate", by="region", stages=("Buy",))))
    assert {line["region"] for line in lines} >= {"'" + FORMULA, "'" + AT}


def test_a_withheld_cell_has_no_count_in_csv(card):
    _, lines = rows(table.build(card("csat_t2b_5")))
    (found,) = [line for line in lines if line["stage"] == "Wait"]
    assert (found["state"], found["value"], found["n"], found["persons"]) == ("suppressed", "", "", "")


def test_the_workbook_has_a_read_me_and_a_sheet_a_card(ten):
    parts = unzipped(workbook.build(ten))
    names = [sheet.get("name") for sheet in etree.fromstring(parts["xl/workbook.xml"]).iter("{*}sheet")]
    assert names[0] == "Read me" and len(names) == len(ten) + 1
    text = "\n".join(str(value) for value in sheet_cells(workbook.build(ten), 1).values())
    definition = ten[-1].definitions[0]
    assert definition.sentence in text and definition.formula in text and definition.source in text


def test_numbers_of_the_workbook_equal_run(card):
    found = card("completion_rate")
    cells = sheet_cells(workbook.build([found]), 2)
    columns = {
        cells[address]: address.rstrip("5") for address in cells if address.endswith("5") and address[:-1].isalpha()
    }
    for place, cell in enumerate((c for c in found.result.cells), 6):
        assert cells[f"{columns['stage']}{place}"] == cell.by["stage"]
        assert [cells.get(f"{columns[name]}{place}") for name in ("value", "low", "high")] == [
            cell.value,
            cell.low,
            cell.high,
        ]


def test_the_workbooks_chart_is_native_with_intervals_on_its_cells(card):
    content = workbook.build([card("completion_rate")])
    parts, cells = unzipped(content), sheet_cells(content, 2)
    (bars,) = etree.fromstring(parts["xl/charts/chart1.xml"]).iter("{*}errBars")
    column, first, last = _range(bars.findtext("{*}plus//{*}f"))
    cached = [float(v.text) for v in bars.find("{*}plus").iter("{*}v")]
    assert cached == pytest.approx(
        [cells[f"{column}{row}"] for row in range(first, last + 1) if f"{column}{row}" in cells]
    )
    assert cached == pytest.approx(
        [cell.high - cell.value for cell in card("completion_rate").result.cells if cell.valued]
    )


def _range(reference: str) -> tuple[str, int, int]:
    """'Sheet'!$C$30:$C$33 → C, 30, 33."""
    first, last = reference.split("!")[1].split(":")
    return first.split("$")[1], int(first.split("$")[2]), int(last.split("$")[2])


def test_no_formula_in_a_workbook(card):
    content = workbook.build([card("completion_rate", by="region", stages=("Buy",))])
    assert not [
        name for name, part in unzipped(content).items() if name.startswith("xl/worksheets/sheet") and b"<f>" in part
    ]
    texts = [value for value in sheet_cells(content, 2).values() if isinstance(value, str)]
    assert "'" + FORMULA in texts and not [text for text in texts if text.startswith(("=", "@", "+", "-"))]


def test_small_print_on_every_sheet(ten):
    content = workbook.build(ten)
    for place, found in enumerate(ten, 2):
        texts = set(sheet_cells(content, place).values())
        assert {found.title, found.link, "simulated data"} <= texts


def test_a_stage_withheld_to_protect_another_has_no_position(tmp_path):
    """Use has eight people, and is withheld because Wait has three: a score of it would tell what run does not."""
    found = standing_positions(Query(("completion_rate",)), build_shop(tmp_path, ((5, 1, 5), (5,) * 8)))
    assert {place.stage: place.cx.value is not None for place in found} == {
        "Find": False,
        "Buy": True,
        "Wait": False,
        "Use": False,
    }


def test_page_digest_and_deck_give_one_verdict(tmp_path, monkeypatch):
    """A month is asked about; all three take the half year before its end, and blank the same stages."""
    generation = build_shop(tmp_path, ((5, 1, 5), (5,) * 8))
    asked = Query(("completion_rate",), start=date(2026, 4, 27), end=date(2026, 5, 24))
    whole = standing_positions(asked, generation)
    assert [place.stage for place in whole if place.cx.value is not None] == ["Buy"]
    monkeypatch.setattr(source, "generation", lambda: generation)
    page = overview.places(Frame(resolve(asked, context.read(generation)), None, (), ()))
    taken = []
    monkeypatch.setattr(
        asked_findings, "findings", lambda query, generation, places, moved, level: taken.extend([places, level]) or []
    )
    digest.build(asked, generation)
    card = ask(replace(asked, metrics=("completion_rate", "csat_t2b_5"), by=("stage",)), generation, "throughline")
    assert page == whole == taken[0] == list(card.places)
    assert (
        (taken[1].start, taken[1].end)
        == (date(2026, 3, 2), date(2026, 5, 24))
        == (card.result.query.start, card.result.query.end)
    )


VARIANTS = (((5, 1, 5), (1, 5)), ((1, 1, 1, 1), (5, 5, 5)))  # other scores and other counts, in withheld cells only


def test_a_withheld_cell_leaves_no_trace_in_any_artefact(tmp_path):
    """Two companies that differ in withheld cells only give the same bytes in every part of every artefact."""
    first, second = (artefacts(build_shop(tmp_path / str(i), hidden)) for i, hidden in enumerate(VARIANTS))
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def artefacts(generation) -> dict[str, bytes]:
    """All artefacts, part by part; the generation's name and the time of writing are no data."""
    cards = []
    for metrics, by, form in (
        (("csat_t2b_5",), "stage", "stages"),
        (("completion_rate", "csat_t2b_5"), "stage", "throughline"),
        (("completion_rate", "csat_t2b_5"), "stage", "ledger"),
    ):
        card = ask(Query(metrics, by=(by,)), generation, form)
        cards.append(replace(card, result=replace(card.result, generation="gen")))
    parts = unzipped(deck.build(cards)) | unzipped(workbook.build(cards), "book/")
    parts |= {f"csv/{i}": table.build(card) for i, card in enumerate(cards)}
    parts |= {f"figure/{i}": picture.framed(card).build().to_json().encode() for i, card in enumerate(cards)}
    made = digest.build(Query((), stages=("Wait",)), generation)
    parts |= {"digest/text": made.text.encode(), "digest/html": made.html.encode()}
    return {name: part for name, part in parts.items() if not name.endswith("docProps/core.xml")}


def test_p_and_q_are_no_whole_numbers(card, shop):
    """.0312 as #,##0 would stand as 0, certain: p and q keep four places in the workbook and every digit in CSV and JSON."""
    found = card("completion_rate", **PERIOD)
    cells = tuple(
        replace(cell, compare=replace(cell.compare, p=0.0312, q=0.0498)) if cell.compare else cell
        for cell in found.result.cells
    )
    found = replace(found, result=replace(found.result, cells=cells))
    parts = unzipped(workbook.build([found]))
    styles = etree.fromstring(parts["xl/styles.xml"])
    codes = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter("{*}numFmt")}
    formats = [codes.get(xf.get("numFmtId")) for xf in styles.find("{*}cellXfs")]
    sheets = [etree.fromstring(content) for name, content in parts.items() if name.startswith("xl/worksheets/sheet")]
    used = {
        formats[int(cell.get("s"))]
        for sheet in sheets
        for cell in sheet.iter("{*}c")
        if cell.findtext("{*}v") in ("0.0312", "0.0498")
    }
    assert used == {'[<0.00005]"< 0.0001";0.0000'}
    _, lines = rows(table.build(found))
    assert {(line["p"], line["q"]) for line in lines if line["p"]} == {("0.0312", "0.0498")}
    assert all(
        cell.get("p") == 0.0312 and cell.get("q") == 0.0498 for cell in flat(found.result) if cell.get("p") is not None
    )
