"""The catalogue of texts: every sentence that is taken is there with its placeholders, none is left over, and none stands in the code."""

import ast
import importlib
import string

import duckdb
import pytest

from metrics.codes import NoteCode, WarningCode
from metrics.rules import recording_breaks
from report.text import catalogue, company_language
from report.text.catalogue import ENGLISH, PSEUDO, accented, entries, say
from tests.core.company import ROOT
from tests.core.test_core_sentences import sentences

ROOMS = ("report", "charts", "exports", "commands/exports", "ui", "pages")
FILES = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
OURS = ("data", "metrics", *ROOMS)
# Taken by a name put together from a code; tests of the codes take each of them.
BY_CODE = (
    "warnings.",
    "notes.",
    "besides.",
    "prose.",
    *(f"reconcile.{group}." for group in ("unit", "short", "because", "class", "rule")),
)
# Files that still hold sentences, and why; may only become fewer.
STILL = {
    "report/address.py": "words of addresses, which people keep",
    "report/words/reasons.py": "names of signals, by which reasons are found",
    "ui/session/serving.py": "a header that browsers read",
}


def taken() -> list[tuple[str, str, set[str | None]]]:
    """(file, name, placeholders given) of every sentence that code takes by its whole name."""
    found = []
    for file in FILES:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if (
                isinstance(node, ast.Call)
                and getattr(node.func, "id", "") == "say"
                and isinstance(node.args[0], ast.Constant)
            ):
                found.append((file.name, node.args[0].value, {word.arg for word in node.keywords}))
    return found


def placeholders(entry: catalogue.Entry) -> set[str]:
    texts = entry.values() if isinstance(entry, dict) else [entry]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def test_what_is_taken_is_there_with_its_placeholders():
    english = entries(ENGLISH)
    every = taken()
    assert len(every) > 900
    assert [(file, name) for file, name, _ in every if name not in english] == []
    wrong = [
        (file, name, given)
        for file, name, given in every
        if None not in given and not placeholders(english[name]) <= given
    ]
    assert wrong == []


def test_no_sentence_is_left_over():
    used = {name for _, name, _ in taken()}
    assert [name for name in entries(ENGLISH) if name not in used and not name.startswith(BY_CODE)] == []


def test_every_code_has_its_words():
    """By a name put together from the code: a section of a file that begins above it takes it away."""
    codes = [f"notes.{code}" for code in NoteCode] + [f"warnings.{code}" for code in WarningCode]
    codes += [f"notes.break.{kind}" for kind in recording_breaks.NOT_TAKEN_OUT]
    assert [name for name in codes if name not in entries(ENGLISH)] == []


def test_what_is_taken_from_a_module_is_there():
    """Pages are run, not imported, and only what a small company shows of them is run by a test: a name taken from one of our modules that is not
    there is found without."""
    missing = []
    for file in FILES:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        modules = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] in OURS:
                for alias in node.names:
                    if (ROOT / f"{node.module}.{alias.name}".replace(".", "/")).with_suffix(".py").exists():
                        modules[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        taken_elsewhere = {
            name.id for name in ast.walk(tree) if isinstance(name, ast.Name) and isinstance(name.ctx, ast.Store)
        } | {one.arg for one in ast.walk(tree) if isinstance(one, ast.arg)}
        missing += [
            (file.relative_to(ROOT).as_posix(), f"{modules[node.value.id]}.{node.attr}")
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id in set(modules) - taken_elsewhere
            and not hasattr(importlib.import_module(modules[node.value.id]), node.attr)
        ]
    assert missing == []


def test_the_code_holds_no_sentence():
    """In the rooms that show something; errors of a request and help of the command line are said where they arise."""
    found = {file.relative_to(ROOT).as_posix() for file in FILES if sentences(file)}
    assert found <= set(STILL), sorted(found - set(STILL))
    assert set(STILL) <= found, "strike out what holds none any more"


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("No data", "⟦Ñö ðàţà⟧"),
        ("in {stage}", "⟦îñ {stage}⟧"),
        ('<b title="{why}">now</b>', '<b title="{why}">⟦ñöŵ⟧</b>'),
        ("[Open](/data) it", "⟦[Öþéñ](/data) îţ⟧"),
        ("{value}", "⟦{value}⟧"),
        ("<br>", "<br>"),
    ],
)
def test_the_pseudo_language_changes_words_only(sentence, said):
    assert accented(sentence) == said


def test_a_language_is_chosen_once_and_falls_back_to_english(monkeypatch, tmp_path):
    """A folder of one sentence: it is taken, the rest stays English; of a plural the form that the language has for the number."""
    (tmp_path / "pl").mkdir()
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "ui.toml").write_text('a = "plain"\n[b]\none = "{count} file"\nother = "{count} files"\n')
    (tmp_path / "pl" / "ui.toml").write_text(
        '[b]\none = "{count} plik"\nfew = "{count} pliki"\nother = "{count} plików"\n'
    )
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    entries.cache_clear()
    try:
        assert (say("ui.a"), say("ui.b", count=1), say("ui.b", count=2)) == ("plain", "1 file", "2 files")
        monkeypatch.setenv("THROUGHLINE_LANGUAGE", "pl")
        assert [say("ui.b", count=n) for n in (1, 3, 5)] == ["1 plik", "3 pliki", "5 plików"]
        assert say("ui.a") == "plain"
        monkeypatch.setenv("THROUGHLINE_LANGUAGE", PSEUDO)
        assert say("ui.b", count=2) == "⟦2 ƒîļéš⟧"
    finally:
        entries.cache_clear()


def test_the_company_names_its_language_and_the_variable_wins(tmp_path, monkeypatch):
    """By the settings in force; what cannot be read, is no language or names none is English."""
    file = tmp_path / "sources.toml"
    monkeypatch.setenv("THROUGHLINE_SOURCES", str(file))
    monkeypatch.delenv("THROUGHLINE_LANGUAGE", raising=False)
    for text, expected in (
        ('[company]\nlanguage = "de"', "de"),
        ('[company]\nlanguage = "en-XA"', PSEUDO),
        ('[company]\nlanguage = "nonsense"', ENGLISH),
        ("[company]\nlanguage = 5", ENGLISH),
        ("company = 5", ENGLISH),
        ("[company", ENGLISH),
        ('[company]\nname = "T"', ENGLISH),
    ):
        file.write_text(text)
        catalogue._of_company.cache_clear()
        assert catalogue.language() == expected, text
    file.write_text('[company]\nlanguage = "de"')
    monkeypatch.setenv("THROUGHLINE_LANGUAGE", "pl")
    assert catalogue.language() == "pl"
    file.unlink()
    monkeypatch.delenv("THROUGHLINE_LANGUAGE")
    catalogue._of_company.cache_clear()
    assert catalogue.language() == ENGLISH
    catalogue._of_company.cache_clear()


def test_the_store_remembers_whose_settings_name_the_language(tmp_path, monkeypatch):
    """Without sources.toml where the process starts: the one the store was made from."""
    monkeypatch.delenv("THROUGHLINE_SOURCES", raising=False)
    monkeypatch.setenv("THROUGHLINE_STORE", str(tmp_path / "store"))
    monkeypatch.chdir(tmp_path)
    assert company_language.configured_language() is None
    (tmp_path / "store").mkdir()
    (tmp_path / "own.toml").write_text('[company]\nlanguage = "fr"')
    with duckdb.connect(str(tmp_path / "store" / "gen-1.duckdb")) as con:
        con.execute(
            "create table made as select 'x' as model, $s as sources, null as journey",
            {"s": str(tmp_path / "own.toml")},
        )
    (tmp_path / "store" / "CURRENT").write_text("gen-1.duckdb")
    assert company_language.configured_language() == "fr"
