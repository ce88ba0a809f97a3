"""The pseudo-language: with every sentence of the catalogue within ⟦ ⟧ and accented, no other English is left on any page."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from metrics.catalogue.dimensions import DIMENSIONS
from report import address
from tests.app.pseudo import TEXTS, english_words, of_calendar, of_definitions, of_store, pattern
from tests.app.served import ROOT, open_page, server
from ui.session import state
from ui.views import finder

PAGES = (
    "",
    "journey",
    "stage?at=Buy",
    "explore",
    "data",
    "definitions",
    "definitions?metric=nps_relationship",
    "own",
    "person",
    "promises",
    "case?bs=Buy",
    "decisions",
    "reconcile?metric=csat_t2b_5",
)
# What Streamlit says itself, in English wherever it is used.
STREAMLIT = (
    "Skip to main content", "Logo", "App pages", "Main menu", "Navigate to home page", "Selected values", "Remove", "Clear all", "Increment", "Decrement", "Choose an option", "Choose date", "Selected Date", "year",
    "Open", "Copy to clipboard", "Upload", "Drag and drop files here", "Browse files", "per file", "Limit", "Fullscreen", "Help for", "200MB per file", "GZ", "CSV", "TSV", "TXT", "JSON", "JSONL", "NDJSON", "PARQUET", "XLSX", "XLS", "ODS", "ZIP",
)  # fmt: skip
STREAMLIT = (*STREAMLIT, *(f"{left} more" for left in range(1, 10)))  # pages for which the menu has no room
# Words of addresses, which must not change with the language, for people keep links.
ADDRESSES = (*state.PERIODS, *state.COMPARISONS, "Everyone", address.ONLY_CUSTOMERS, *finder.FRAMES)
NAMES = ("confirmed", "mail", "Throughline", "UX", "CX", "NPS", "CSAT", "HEART", "MB", "min", "UTC")
LINK = re.compile(r"(https?://[^\s⟧?]+)?(/\w+)?\?[^\s⟧]+")  # its words are those of addresses
PERSON = re.compile(r"[A-Z0-9]{6}")  # what a person is called on a page
# Still English; may only become fewer.
ESCAPES = (
    "of all stage visits",  # metrics/rules/pooled_stages.py puts it behind a label
)
LABELS = tuple(
    DIMENSIONS.values()
)  # metrics/catalogue/dimensions.py: names of breakdowns, which have no definition of their own


@pytest.fixture(scope="module")
def shown(store, browser, tmp_path_factory):
    """Page → every text on it in the pseudo-language."""
    found = {}
    users = tmp_path_factory.mktemp("users") / "users.sqlite"  # the log of other tests is not of this page
    with server(store, THROUGHLINE_LANGUAGE="en-XA", THROUGHLINE_USERS=str(users)) as where:
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        for name in PAGES:
            open_page(page, f"{where}/{name}")
            found[name] = page.evaluate(TEXTS)
        page.close()
    return found


def test_no_slide_of_a_deck_escapes_it(store, tmp_path):
    """Findings, ledger, trend, moves and words of the company as one deck, made by the command."""
    out = tmp_path / "deck.pptx"
    made = subprocess.run(
        [sys.executable, "-m", "exports", "deck", "--store", str(store), "--out", str(out)],
        cwd=ROOT,
        env=os.environ | {"THROUGHLINE_LANGUAGE": "en-XA"},
        capture_output=True,
        text=True,
    )
    assert made.returncode == 0, made.stderr
    texts = {
        (number, text)
        for number, slide in enumerate(Presentation(str(out)).slides, 1)
        for text in written(slide.shapes)
    }
    (generation,) = store.glob("gen-*.duckdb")
    known = pattern([*of_definitions(), *of_store(generation), *of_calendar(), *NAMES, *LABELS, *ESCAPES])
    left = {(number, text) for number, text in texts if english_words(LINK.sub("", text), known)}
    assert not left, "\n".join(f"{number}: {text[:200]}" for number, text in sorted(left))
    assert len(texts) > 20 and any("⟦" in text for _, text in texts)


def written(shapes) -> Iterable[str]:
    """Every text of a slide: frames, tables, groups; charts hold numbers and names."""
    for shape in shapes:
        if shape.has_text_frame and shape.text_frame.text.strip():
            yield shape.text_frame.text.strip()
        if getattr(shape, "has_table", False):
            yield from (cell.text.strip() for row in shape.table.rows for cell in row.cells if cell.text.strip())
        if shape.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from written(shape.shapes)


def test_nothing_but_names_and_numbers_escapes_the_pseudo_language(store, shown):
    (generation,) = store.glob("gen-*.duckdb")
    allowed = [*of_definitions(), *of_store(generation), *of_calendar(), *STREAMLIT, *ADDRESSES, *NAMES, *LABELS]
    known = pattern([*allowed, *ESCAPES])
    left = {
        (name, text)
        for name, texts in shown.items()
        for text in texts
        if english_words(LINK.sub("", text), known) and not PERSON.fullmatch(text)
    }
    assert not left, "\n".join(f"{name}: {text[:200]}" for name, text in sorted(left))
    assert all(any("⟦" in text for text in texts) for texts in shown.values())
    strict = pattern(allowed)
    used = {
        escape
        for escape in ESCAPES
        for texts in shown.values()
        for text in texts
        if escape in text and english_words(text, strict)
    }
    assert used == set(ESCAPES), "strike out what escapes no more"
