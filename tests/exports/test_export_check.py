"""A document read number by number: what is supported, what goes by another definition, what is contradicted, what nobody can measure."""

import io
import json
import tracemalloc
import zipfile
import zlib
from datetime import date

import pytest
from pptx import Presentation

from benchmarks.sentences.measure import measure
from data.errors import UserError
from exports.check.check_words import render, why
from exports.check.figures import Kind, figures
from exports.check.judge import Verdict, Why, _of, judge_all
from exports.check.read import Passage, passages, sentences
from exports.pptx import deck
from exports.pptx.parts import opened as parts
from exports.pptx.parts.opened import unpacked
from metrics.compute.run import run
from metrics.query.query import Query
from metrics.query.result import Cell
from metrics.states import State

QUERY = Query((), "Shop", start=date(2026, 3, 2), end=date(2026, 5, 31))


def judged(text: str, shop) -> list:
    return judge_all([Passage("line 1", text)], QUERY, shop)


def value(shop, metric: str, stage: str) -> float:
    asked = Query((metric,), "Shop", (stage,), QUERY.start, QUERY.end)
    return run(asked, shop).cells[0].value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("63 %", [(63.0, "%", Kind.LEVEL)]),
        ("63.4% (60 to 66)", [(63.4, "%", Kind.LEVEL), (60.0, "%", Kind.LOW), (66.0, "%", Kind.HIGH)]),
        ("62 (57–67 %)", [(62.0, "", Kind.LEVEL), (57.0, "%", Kind.LOW), (67.0, "%", Kind.HIGH)]),
        ("from 70 to 63 %", [(70.0, "%", Kind.BEFORE), (63.0, "%", Kind.LEVEL)]),
        ("fell by 4.5 points", [(-4.5, "points", Kind.CHANGE)]),
        ("rose 3 points", [(3.0, "points", Kind.CHANGE)]),
        ("n = 1,204", [(1204.0, "", Kind.COUNT)]),
        ("412 answers", [(412.0, "", Kind.COUNT)]),
        ("412 people", [(412.0, "", Kind.PEOPLE)]),
        ("€1,300", [(1300.0, "money", Kind.LEVEL)]),
        ("3.5 minutes, 12 s, 2,5 hours", [(3.5, "min", Kind.LEVEL), (12.0, "s", Kind.LEVEL), (2.5, "h", Kind.LEVEL)]),
    ],
)
def test_a_number_is_read_as_it_is_written(text, found):
    assert [(one.value, one.unit, one.kind) for one in figures(text)] == found


def test_what_is_so_is_supported_and_what_is_not_contradicted(shop):
    now = 100 * value(shop, "completion_rate", "Buy")
    (right,) = judged(f"In Buy, completion rate is {now:.1f} %.", shop)
    (wrong,) = judged(f"In Buy, completion rate is {now + 4:.1f} %.", shop)
    assert (right.verdict, wrong.verdict) == (Verdict.SUPPORTED, Verdict.CONTRADICTED)
    assert f"{now:.1f}" in why(wrong)


def test_people_are_counted_as_people_and_rows_as_rows():
    """500 visits of 412 people: “412 people” is so, “412 visits” is not."""
    cell = Cell("completion_rate", {}, 0.5, 0.4, 0.6, 500, 412, State.SHOWN)
    assert (_of(Kind.PEOPLE, cell), _of(Kind.COUNT, cell)) == (412, 500)


def test_as_exactly_as_it_is_written(shop):
    """Rounded to whole per cent it is the same, to a tenth it is not."""
    now = 100 * value(shop, "completion_rate", "Buy")
    off = now + 0.3 if round(now + 0.3) == round(now) else now - 0.3
    assert judged(f"Completed in Buy: {off:.1f} %", shop)[0].verdict is Verdict.CONTRADICTED
    assert judged(f"Completed in Buy: {off:.0f} %", shop)[0].verdict is Verdict.SUPPORTED


def test_the_value_of_another_definition_is_said_to_be_that(shop):
    """The mean of 1 to 5 is what a survey tool calls CSAT; here “satisfied” is the share of 4 and 5."""
    variant = "csat_t2b_5~qualtrics-mean"
    (found,) = judged(f"Satisfied in Buy: {value(shop, variant, 'Buy'):.2f}", shop)
    assert (found.verdict, found.metric) == (Verdict.OTHER_DEFINITION, "csat_t2b_5")
    assert "mean" in found.other and found.other in why(found)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("We shipped 14 things.", Why.NO_METRIC),
        ("Among women, completion rate in Buy is 40 %.", Why.RESTRICTED),
        ("In 2019, completion rate in Buy was 40 %.", Why.RESTRICTED),
        ("Completion rate in Buy is 40 % in Berlin.", Why.RESTRICTED),
        ("Completion rate in Buy takes 12 s.", Why.UNIT),
        ("Relationship NPS in Buy is 40.", Why.NOT_OF_A_STAGE),
        ("Relationship NPS is 40.", Why.NO_VALUE),
    ],
)
def test_what_nobody_can_measure_says_why(shop, text, reason):
    (found,) = [one for one in judged(text, shop) if one.figure.value != 2019]
    assert (found.verdict, found.why) == (Verdict.NOT_MEASURABLE, reason) and why(found)


def docx(*paragraphs: str) -> bytes:
    """The one part of a Word file that holds its text."""
    w = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{w}"><w:body>{body}</w:body></w:document>')
    return buffer.getvalue()


def archive(way: int = zipfile.ZIP_DEFLATED, told: int | None = None) -> bytes:
    """An archive of one part of 64 MB of nothing, that says of it that it has `told` bytes, with a check sum that fits them."""
    buffer, content = io.BytesIO(), bytes(64 << 20)
    with zipfile.ZipFile(buffer, "w", way) as made:
        made.writestr("part", content)
        part = made.getinfo("part")
        if told is not None:
            part.file_size, part.CRC = told, zlib.crc32(content[:told])
    return buffer.getvalue()


def test_what_an_archive_says_of_a_part_is_no_bound(monkeypatch):
    """One that says ten bytes and holds 64 MB never has them in memory; one packed in a way that unpacks all at once is refused."""
    lying = archive(told=10)
    tracemalloc.start()
    with zipfile.ZipFile(io.BytesIO(unpacked(lying))) as made:
        assert made.read("part") == bytes(10)
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()
    with pytest.raises(zipfile.BadZipFile, match="in a way no office program does"):
        unpacked(archive(zipfile.ZIP_BZIP2))
    monkeypatch.setattr(parts, "MOST", 1 << 20)
    with pytest.raises(zipfile.BadZipFile, match="unpacked"):
        unpacked(archive())


def test_three_kinds_of_documents_are_read(card):
    assert passages(docx("One 1. Two 2.", "Three"), "a.docx") == [
        Passage("paragraph 1", "One 1."), Passage("paragraph 1", "Two 2."), Passage("paragraph 2", "Three"),
    ]  # fmt: skip
    assert passages(b"a 1\n\nb 2", "note.md") == [Passage("line 1", "a 1"), Passage("line 3", "b 2")]
    slides = passages(deck.build([card("completion_rate", "csat_t2b_5", form="ledger")]), "d.pptx")
    assert any("Completion rate" in one.text for one in slides) and slides[0].where == "slide 1"
    assert sentences("About 63.4 % of it. Then: yes") == ["About 63.4 % of it.", "Then: yes"]
    for content, name in ((b"x", "a.docx"), (b"x", "a.pptx"), (b"\xff\xfe\x00", "a.txt"), (archive(), "a.docx")):
        with pytest.raises(UserError, match="cannot be read"):
            passages(content, name)


def test_a_deck_made_here_is_not_contradicted_by_its_own_title(card, shop):
    made = card("completion_rate", start=QUERY.start, end=QUERY.end)
    content = deck.build([made])
    assert Presentation(io.BytesIO(content)).slides[0].shapes.title.text_frame.text == made.title
    found = judge_all([Passage("title", made.title)], QUERY, shop)
    assert [one.verdict for one in found if one.verdict is Verdict.CONTRADICTED] == []


def test_two_hundred_sentences_half_of_them_false(shop):
    """The short version of `python -m benchmarks sentences` (2,000): at most 2 % wrongly supported, at least 90 % of the true ones."""
    found = measure(200, shop)
    assert found.wrongly <= 0.02, found.wrong
    assert found.supported >= 0.9, found.wrong


def test_the_verdicts_as_json(shop):
    (one,) = json.loads(render(judged("Completion rate in Buy is 99 %.", shop), "json"))
    assert (one["verdict"], one["metric"], one["stage"], one["number"]) == (
        "contradicted",
        "completion_rate",
        "Buy",
        "99 %",
    )
    assert "1 numbers: 1 contradicted" in render(judged("Completion rate in Buy is 99 %.", shop), "text")
