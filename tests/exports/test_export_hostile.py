"""A company all of whose names and texts are hostile: its files stay well-formed and do nothing. `python -m benchmarks hostile` is the long version."""

import io
import zipfile

import duckdb
import pytest
from pptx import Presentation

from benchmarks import hostile
from benchmarks.hostile import addresses, company, judge, spy
from benchmarks.hostile.strings import BASES, strings
from exports.pptx.parts import provenance


def test_a_hundred_and_sixty_hostile_strings_go_into_every_kind_of_file_and_do_nothing():
    """Slides, workbook, CSV, SVG, digest, terminal and statements of one such company: nothing wrong in any, and the strings do stand there."""
    sent = hostile.measure(1, 3, lambda text: None, company.SMALL)
    assert {name: dict(found.wrong) for name, found in sent.found.items() if found.wrong} == {}
    assert sent.taken > 160 and all(found.made for found in sent.found.values())
    least = {"slides": 90, "workbook": 110, "CSV": 110, "SVG": 20, "digest": 1, "terminal": 40, "addresses": 160}
    assert {
        name: len(sent.found[name].strings) for name, count in least.items() if len(sent.found[name].strings) < count
    } == {}
    assert sent.found["statements"].made > 500


def test_the_strings_differ_and_each_can_be_found_again():
    found = strings(5_000)
    assert len(set(found)) == 5_000 and all(spy.SEEN.search(text) for text in found)
    assert len(BASES) > 80 and found == strings(5_000)


def test_what_a_deck_knows_of_itself_holds_any_name():
    """Signs XML has no place for, in the record of a deck: written and read as they are, and put in place of the record before."""
    deck, names = Presentation(), ["a\ufffe", "\ud800", "\x1b[31m", "Größe 👩‍👩‍👧"]
    for slides in ([{"title": "before"}], [{"title": name} for name in names]):
        provenance.attach(deck, {"slides": slides})
    held = io.BytesIO()
    deck.save(held)
    assert [one["title"] for one in provenance.read(Presentation(held))["slides"]] == names


BAD_SVG = (
    "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg'><a href='http://evil.example'>x</a></svg>",
    "<svg xmlns='http://www.w3.org/2000/svg' onload='x'/>",
    "<svg xmlns='http://www.w3.org/2000/svg'>\x1b</svg>",
    "<svg",
)
BAD_PAGES = (
    "<script>1</script>",
    "<a href='http://evil.example'>x</a>",
    "<b onclick='x'>y</b>",
    "<img src='//evil.example'>",
    "a\x1b",
)
BAD_CELLS = ("a,=1\n", 'a,"\t=1"\n', "a;=1\n", "# x, @SUM(1)\n", "a,-cmd\n", "a,\x1b\n", "a|＝1\n")


@pytest.mark.parametrize("text", BAD_SVG)
def test_a_picture_that_would_do_something_is_seen(text):
    assert list(judge.svg(text.encode()))


@pytest.mark.parametrize("text", BAD_PAGES)
def test_a_page_that_would_do_something_is_seen(text):
    assert list(judge.page(text))


@pytest.mark.parametrize("text", BAD_CELLS)
def test_a_cell_that_would_do_something_is_seen(text):
    assert list(judge.table(text.encode()))


def test_a_subject_that_would_begin_another_head_is_seen():
    assert list(judge.mail("a\nBcc: evil@evil.example", "")) and not list(judge.mail("a: b", "c\nd"))


def test_numbers_own_links_and_plain_text_are_no_fault():
    assert not list(judge.table("a,-1.5,+3.2 %,−4\nb,'=1,x\n".encode()))
    assert not list(judge.page(f"<a href='{judge.OWN}/stage'>x</a> &lt;script&gt;"))
    assert not list(judge.svg(b"<svg xmlns='http://www.w3.org/2000/svg'><text>=1</text></svg>"))


@pytest.mark.parametrize(
    "part, content",
    [
        ("xl/worksheets/sheet1.xml", "<a><c><f>1+1</f></c></a>"),
        ("xl/sharedStrings.xml", "<a><x:t xmlns:x='y'>fine</x:t></a"),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            "<R><Relationship TargetMode='External' Target='http://evil.example'/></R>",
        ),
        ("ppt/slides/slide1.xml", "<!DOCTYPE a><a/>"),
        ("xl/vbaProject.bin", "x"),
    ],
)
def test_a_part_of_an_office_file_that_would_do_something_is_seen_also_in_a_file_within(part, content):
    inner, outer = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr(part, content)
    assert list(judge.office(inner.getvalue()))
    with zipfile.ZipFile(outer, "w") as archive:
        archive.writestr("ppt/embeddings/book.xlsx", inner.getvalue())
    assert list(judge.office(outer.getvalue()))


def test_a_value_pasted_into_a_statement_is_seen_and_a_bound_one_is_not():
    with spy.watching() as said:
        with duckdb.connect() as con:
            con.execute("select $v", {"v": "zq7zq"}).fetchall()
            assert spy.unbound(said) == []
            con.cursor().execute("select 'zq7zq'").fetchall()
    assert spy.unbound(said) == ["select 'zq7zq'"]
    assert not isinstance(duckdb.connect(), spy.Spy)


@pytest.mark.parametrize("text", ["[a](b)", "![a](b)", "x $y", "<b>", "http://a", "www.a", "[a][b]", "[a]: b"])
def test_a_sentence_of_a_page_that_would_do_something_is_seen(text):
    assert list(addresses.living(text)) and not list(addresses.living(f"`{text}`"))
