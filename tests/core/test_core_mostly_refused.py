"""A build that went through and should still be asked about: said, with an exit code that a script sees."""

import pytest

from commands.data import main
from metrics.compute.run import run
from metrics.query.query import Query
from report.words.reasons import reason_text
from tests.core.company import block, warned, write_company

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    surveys = ["s"]
    goal = "event:purchse"
    [[survey]]
    name = "At Exitt"
    kind = "intercept"
"""
EVENTS = """
    occurred_at       customer_id  url
    2026-03-02T10:00  k1           /cart
    """


@pytest.fixture
def built(tmp_path, capsys):
    """A function: what write_company takes to (exit code, what the build said)."""

    def build(**what) -> tuple[int, str]:
        sources = write_company(tmp_path / "company", **what)
        code = main(["build", "--sources", str(sources), "--store", str(tmp_path / "store")])
        return code, capsys.readouterr().out

    return build


def test_dates_read_the_wrong_way_round_are_told(built):
    """Half of the dates are impossible as day/month: the other half was read wrongly, and nobody would see it."""
    days = "\n".join(f"{month:02}/{day:02}/2026,s,4" for month in range(1, 13) for day in (5, 20))
    code, said = built(
        journey=JOURNEY,
        web_events=EVENTS,
        files={"a.csv": "when,survey,score\n" + days},
        sources=block(
            "a",
            "a.csv",
            "survey_answers",
            'dates = "%d/%m/%Y"',
            'columns = { responded_at = "when" }',
            'constants = { metric = "csat", scale_min = 1, scale_max = 5 }',
        ),
    )
    assert code == 0
    (line,) = [line for line in said.splitlines() if line.startswith("! a.csv")]
    assert "12 of 24 records are bad" in line and "What was loaded may be read wrongly, too" in line


def test_a_source_that_brought_nothing_ends_with_one(built):
    """It is published, for no file stops a build; a script that looks at the exit code knows."""
    code, said = built(
        journey=JOURNEY,
        web_events=EVENTS,
        files={"a.csv": "when,survey,score\n2026-03-02,s,4\n"},
        sources=block(
            "a",
            "a.csv",
            "survey_answers",
            'columns = { responded_at = "wen" }',
            'constants = { metric = "csat", scale_min = 1, scale_max = 5 }',
        ),
    )
    assert code == 1 and "published gen-" in said
    assert "! a: " in said and "Did you mean 'when'" in said


def test_rules_that_match_nothing_are_told(built):
    code, said = built(
        journey=JOURNEY,
        web_events=EVENTS,
        survey_answers="""
        responded_at      customer_id  survey  metric  scale_min  scale_max  score
        2026-03-02T10:05  k1           s       csat    1          5          4
        """,
    )
    assert code == 0
    assert "! journey.toml: goal of Buy: 'event:purchse' matches nothing in the data" in said
    assert "! journey.toml: [[survey]]: 'At Exitt' matches nothing in the data" in said
    assert "surveys of Buy" not in said and "stage: 'Buy'" not in said


def test_a_stage_nothing_belongs_to_is_told(built):
    more = JOURNEY.replace(
        "    [[survey]]",
        """    [[journey.stage]]
    name = "Engage"
    paths = ["/nowhere*"]
    [[survey]]""",
    )
    assert "! journey.toml: stage: 'Engage' matches nothing in the data" in built(journey=more, web_events=EVENTS)[1]


def test_the_shipped_rules_are_nobody_s_slip(built):
    """Without a journey.toml of one's own, stages nobody came to are no fault."""
    assert "journey.toml" not in built(web_events=EVENTS)[1]


def test_a_file_said_to_be_utf8_that_is_not_is_told_with_its_line(built):
    body = b"when,survey,score,note\n2026-03-02,s,4,sch\xc3\xb6n\n2026-03-03,s,4,sch\xf6n\n"
    columns = (
        'columns = { responded_at = "when", comment = "note" }',
        'constants = { metric = "csat", scale_min = 1, scale_max = 5 }',
    )
    code, said = built(
        journey=JOURNEY,
        web_events=EVENTS,
        files={"a.csv": body},
        sources=block("a", "a.csv", "survey_answers", 'encoding = "utf-8"', *columns),
    )
    assert code == 0 and "line 3: not valid utf-8. Found: byte 0xf6" in said


def test_a_line_of_another_encoding_is_read_and_told(built, tmp_path):
    """Two lines UTF-8, one Windows-1252: all three read as people wrote them."""
    import duckdb

    body = (
        "when,survey,score,note\n2026-03-02,s,4,schön\n2026-03-03,s,4,größer\n".encode()
        + "2026-03-04,s,4,süß\n".encode("cp1252")
    )
    columns = (
        'columns = { responded_at = "when", comment = "note" }',
        'constants = { metric = "csat", scale_min = 1, scale_max = 5 }',
    )
    code, said = built(
        journey=JOURNEY,
        web_events=EVENTS,
        files={"a.csv": body},
        sources=block("a", "a.csv", "survey_answers", *columns),
    )
    assert code == 0 and "UTF-8, but 1 lines read as cp1252, the first of them line 4" in said
    store = tmp_path / "store"
    with duckdb.connect(str(store / (store / "CURRENT").read_text()), read_only=True) as con:
        assert {text for (text,) in con.execute("select comment from answers").fetchall()} == {"schön", "größer", "süß"}


def test_inspect_answers_with_its_exit_code(tmp_path, capsys):
    (tmp_path / "a.bin").write_bytes(bytes(range(256)) * 20)
    assert main(["inspect", str(tmp_path / "nope.csv")]) == 2
    assert main(["inspect", str(tmp_path)]) == 1  # a folder in which nothing can be read
    assert main(["inspect", str(tmp_path / "a.bin")]) == 1


def test_answers_asked_on_exit_are_said_to_be_there(company):
    """They are in no stage score, and the reason says so instead of “no survey asks this”."""
    built = company(
        journey="""
        [[journey]]
        name = "J"
        [[journey.stage]]
        name = "Buy"
        paths = ["/cart"]
        surveys = ["bye"]
        [[survey]]
        name = "bye"
        kind = "intercept"
        trigger = "on_exit"
        """,
        web_events=EVENTS,
        survey_answers="""
        responded_at      customer_id  survey  metric  scale_min  scale_max  score
        2026-03-02T10:05  k1           bye     csat    1          5          4
        2026-03-02T10:06  k2           bye     csat    1          5          2
        """,
    )
    (cell,) = built.show("csat_t2b_5", by="stage")
    assert cell.state == "not_asked" and reason_text(cell.reason).startswith(
        "2 answers were asked on exit or after friction"
    )


def test_smooth_needs_a_goal(company):
    """A stage without one has no smooth occasions, rather than only smooth ones."""
    built = company(
        journey="""
        [[journey]]
        name = "J"
        [[journey.stage]]
        name = "Find"
        paths = ["/"]
        [[journey.stage]]
        name = "Buy"
        paths = ["/cart"]
        goal = "event:purchase"
        """,
        web_events="occurred_at  customer_id  url  event_name\n"
        + "\n".join(
            f"2026-03-02T10:{n:02}  k{n}  {url}  {name}"
            for n in range(12)
            for url, name in (("/", "page_view"), ("/cart", "purchase"))
        ),
    )
    cells = {cell.by["stage"]: cell for cell in built.show("smooth_rate", by="stage")}
    assert (cells["Find"].state, reason_text(cells["Find"].reason)) == (
        "not_applicable",
        "Find has no goal in journey.toml",
    )
    assert cells["Buy"].value == 1.0
    said = warned(run(Query(("smooth_rate",)), built.store.generation()))
    assert any("smooth means no more than that the goal was reached" in text for text in said)


def test_a_file_no_table_fits_brings_a_block_to_fill_in(tmp_path, capsys):
    """Its first column, every table of the contract, and where all of it is written."""
    (tmp_path / "odd.csv").write_text("colour,weight_kg\nred,3\nblue,4\n")
    assert main(["inspect", str(tmp_path / "odd.csv")]) == 0
    said = capsys.readouterr().out
    assert "no table of the contract fits these columns" in said and 'columns = { … = "colour" }' in said
    assert "#   web_events: event_id" in said and "docs/SETTINGS.md" in said
