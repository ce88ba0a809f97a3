"""Text as companies' tools write it: every encoding gives the same words, dates are read or asked about, never guessed."""

import gzip

import pytest

from tests.core.company import block, table

WORDS = "survey;score;comment\nKüche;9;„schöne Größe“, kostet 12 €\nCafé;3;très déçu, ça n’a pas marché\n"
MAC = WORDS.replace("12 €", "zwölf Euro")
ENCODED = {
    "utf8.csv": WORDS.encode(),
    "utf8-bom.csv": WORDS.encode("utf-8-sig"),
    "utf16.csv": WORDS.encode("utf-16"),
    "utf16-big.csv": b"\xfe\xff" + WORDS.encode("utf-16-be"),
    "windows-1252.csv": WORDS.encode("cp1252"),
    "mac-roman.csv": MAC.encode("mac_roman"),
    "packed.csv.gz": gzip.compress(WORDS.encode("cp1252")),
}


@pytest.fixture(scope="module")
def encoded(module_company):
    return module_company(files=ENCODED, sources="".join(block(name, name, "survey_answers") for name in ENCODED))


@pytest.mark.parametrize("name", ENCODED)
def test_every_encoding_gives_the_same_words(encoded, name):
    """Two answers each, their umlauts, accents, quotes and the euro as the person wrote them."""
    words = MAC if name == "mac-roman.csv" else WORDS
    assert encoded.account(name) == (2, 2, 0)
    assert encoded.rows(
        "select survey, score::int, comment from answers where source = $name order by response_id", {"name": name}
    ) == [
        (survey, int(score), comment) for survey, score, comment in (line.split(";") for line in words.splitlines()[1:])
    ]


def test_what_was_detected_is_said(encoded):
    """A guess at the encoding is shown, so that it can be corrected in sources.toml."""
    notes = {line["file"]: line.get("notes", "") for line in encoded.summary.files}
    assert notes["mac-roman.csv"] == "read as mac_roman"
    assert notes["windows-1252.csv"] == notes["packed.csv.gz"] == "read as cp1252"
    assert notes["utf8.csv"] == notes["utf8-bom.csv"] == ""


DATES = {
    # file: one date a line, then what is loaded (UTC) or why not
    "day-first.csv": (["31/03/2026 14:05", "02/04/2026 09:00"], ["2026-03-31 14:05", "2026-04-02 09:00"]),
    "month-first.csv": (["03/31/2026 2:05 PM", "04/02/2026 9:00 AM"], ["2026-03-31 14:05", "2026-04-02 09:00"]),
    "iso-and-day-first.csv": (["2026-03-31 14:05", "31.03.2026 14:05"], ["2026-03-31 14:05", "2026-03-31 14:05"]),
    "epochs.csv": (["1774965900", "1774965900000"], ["2026-03-31 14:05", "2026-03-31 14:05"]),
    "names.csv": (["31 Mar 2026 14:05", "02 Apr 2026 09:00"], ["2026-03-31 14:05", "2026-04-02 09:00"]),
    "mixed.csv": (["31/03/2026", "03/31/2026"], []),
    "ambiguous.csv": (["02/04/2026", "03/04/2026"], []),
    "iso-and-ambiguous.csv": (["2026-03-31", "02/04/2026"], ["2026-03-31 00:00"]),
    "nonsense.csv": (["2026-03-31", "2026-02-30", "soon"], ["2026-03-31 00:00"]),
}


@pytest.fixture(scope="module")
def dated(module_company):
    files = {
        name: table("survey  score  responded_at\n" + "\n".join(f"s  9  {date}" for date in dates))
        for name, (dates, _) in DATES.items()
    }
    return module_company(files=files, sources="".join(block(name, name, "survey_answers") for name in files))


@pytest.mark.parametrize("name", DATES)
def test_dates_are_read_or_refused(dated, name):
    """What can be told is read; every other record is refused and counted."""
    dates, read = DATES[name]
    assert dated.account(name) == (len(dates), len(read), len(dates) - len(read))
    assert [
        f"{at:%Y-%m-%d %H:%M}"
        for (at,) in dated.rows(
            "select responded_at from answers where source = $name order by response_id", {"name": name}
        )
    ] == read


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("mixed.csv", "some values put the day first and others the month"),
        ("ambiguous.csv", "day and month cannot be told apart"),
        ("iso-and-ambiguous.csv", "day and month cannot be told apart"),
    ],
)
def test_an_ambiguous_date_is_a_question(dated, name, question):
    """The file's problem asks, names the column and shows the line to add; the records say the same."""
    for words in (name, "column responded_at", question, 'dates = "%d/%m/%Y"'):
        assert words in dated.problem(name)
    assert all(
        kind == "bad" and reason == "not a readable date" and question in allowed
        for _, _, kind, reason, _, allowed in dated.refused(name)
    )


def test_the_question_can_be_answered(company):
    """dates = "%m/%d/%Y" in sources.toml: 02/04 is the 4th of February."""
    built = company(
        files={"a.csv": "survey,score,responded_at\ns,9,02/04/2026\n"},
        sources=block("a", "a.csv", "survey_answers", 'dates = "%m/%d/%Y"'),
    )
    assert built.value("select day::varchar from answers") == "2026-02-04"
