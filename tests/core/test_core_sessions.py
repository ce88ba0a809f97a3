"""Sessions and days: 30 minutes of silence end a session, the source's own is kept, and a day is the company's own."""

import duckdb
import pytest

from tests.core.company import block, table

JOURNEY = '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/cart"]\n'


def test_thirty_minutes_to_the_second(company):
    """30:00 of silence still belong to the visit, 30:01 begin the next; time counts from the last event, not the first.

    a  10:00:00  10:29:00  10:59:00            one visit of 59 minutes
    b  10:00:00  10:30:00                      one
    c  10:00:00  10:30:01                      two
    """
    built = company(
        journey=JOURNEY,
        web_events="""
        occurred_at          anonymous_id  url
        2026-03-02T10:00:00  a             /cart
        2026-03-02T10:29:00  a             /cart
        2026-03-02T10:59:00  a             /cart
        2026-03-02T10:00:00  b             /cart
        2026-03-02T10:30:00  b             /cart
        2026-03-02T10:00:00  c             /cart
        2026-03-02T10:30:01  c             /cart
        """,
    )
    visits = built.rows(
        "select session_key[3:3] as who, count(*), sum(dwell_ms) // 60000 from visits group by who order by who"
    )
    assert visits == [("a", 1, 59), ("b", 1, 30), ("c", 2, 0)]


def test_the_sources_own_session_is_kept_and_two_vendors_stay_apart(company):
    """Session 7 of the web shop lasts two hours without an event; session 7 of the app is another one."""
    rows = "occurred_at,anonymous_id,session_id,url\n2026-03-02T10:00,{0},7,/cart\n2026-03-02T12:00,{0},7,/cart\n"
    built = company(
        journey=JOURNEY,
        files={"web.csv": rows.format("a"), "app.csv": rows.format("b")},
        sources=block("web", "web.csv", "web_events") + block("app", "app.csv", "web_events"),
    )
    assert built.rows("select source, events from visits order by source") == [("app", 2), ("web", 2)]


def test_an_equal_session_id_is_never_taken_for_the_other_vendors(company):
    """An answer of the shop's own file names session 7: the shop's, not the app's, whose id merely looks alike."""
    events = "occurred_at,anonymous_id,session_id,url,survey,score\n2026-03-02T10:00,{0},7,/cart,s,5\n"
    blocks = (
        block("web", "web.csv", "web_events")
        + block("app", "app.csv", "web_events")
        + block("asked", "web.csv", "survey_answers")
    )
    lost = "survey,score,session_id\ns,5,7\n"
    built = company(
        journey=JOURNEY,
        files={"web.csv": events.format("a"), "app.csv": events.format("b"), "lost.csv": lost},
        sources=blocks + block("lost", "lost.csv", "survey_answers"),
    )
    assert dict(built.rows("select source, session_key from answers")) == {"asked": "web:7", "lost": None}


@pytest.fixture(scope="module")
def berlin(module_company):
    """Berlin: on 29 March 2026 02:00 becomes 03:00, on 25 October 03:00 becomes 02:00."""
    files = {
        "utc.csv": table("""
            occurred_at           anonymous_id  url
            2026-03-28T22:30:00Z  before        /cart
            2026-03-28T23:30:00Z  spring        /cart
            2026-03-29T00:30:00Z  spring2       /cart
            2026-03-29T22:30:00Z  monday        /cart
            2026-10-24T22:30:00Z  autumn        /cart
            2026-10-25T22:30:00Z  night         /cart
            2026-10-25T23:30:00Z  morning       /cart
            """),
        "local.csv": table("""
            occurred_at          anonymous_id  url
            2026-03-29 01:30     l1            /cart
            2026-03-29 03:30     l2            /cart
            2026-10-25 01:30     l3            /cart
            25/12/2026 00:15     l4            /cart
            """),
        "offset.csv": table("""
            occurred_at                anonymous_id  url
            2026-03-29T01:30:00+02:00  o1            /cart
            2026-03-29 01:30:00 -0500  o2            /cart
            2026-03-29 01:30:00+02     o3            /cart
            2026-03-29T01:30:00.250Z   o4            /cart
            """),
    }
    sources = (
        block("utc", "utc.csv", "web_events")
        + block("offset", "offset.csv", "web_events", 'timezone = "Asia/Tokyo"')
        + block("local", "local.csv", "web_events", 'timezone = "Europe/Berlin"')
    )
    return module_company(
        journey=JOURNEY,
        files=files,
        sources=sources,
        settings='[company]\nname = "B"\ntimezone = "Europe/Berlin"\nweek_starts = "sunday"\n',
    )


def times(built, source: str) -> dict[str, tuple[str, str]]:
    """Visitor → (UTC, local day)."""
    return {
        who: (at, day)
        for who, at, day in built.rows(
            "select session_key[3:].split('@')[1], strftime(started_at, '%d %H:%M'), strftime(day, '%m-%d') from visits "
            "where source = $source",
            {"source": source},
        )
    }


def test_a_day_is_the_companys_own_on_both_sides_of_a_clock_change(berlin):
    """22:30 UTC is 23:30 in winter and 00:30 of the next day in summer."""
    assert {who: day for who, (_, day) in times(berlin, "utc").items()} == {
        "before": "03-28",
        "spring": "03-29",
        "spring2": "03-29",
        "monday": "03-30",
        "autumn": "10-25",
        "night": "10-25",
        "morning": "10-26",
    }


def test_the_time_zone_of_a_file_is_stated(berlin):
    """01:30 in Berlin is 00:30 UTC before the change in spring, 03:30 is 01:30 after it; 01:30 in October is still summer."""
    assert times(berlin, "local") == {
        "l1": ("29 00:30", "03-29"),
        "l2": ("29 01:30", "03-29"),
        "l3": ("24 23:30", "10-25"),
        "l4": ("24 23:15", "12-25"),
    }


def test_an_offset_in_the_text_wins_over_the_files_zone(berlin):
    """Four ways to write an offset, PostgreSQL's +02 among them: none is dropped, and the stated zone does not apply."""
    assert {who: at for who, (at, _) in times(berlin, "offset").items()} == {
        "o1": "28 23:30",
        "o2": "29 06:30",
        "o3": "28 23:30",
        "o4": "29 01:30",
    }


def test_parquet_times_with_a_zone_keep_it(tmp_path, company):
    """A TIMESTAMPTZ column is an instant: the file's stated zone does not shift it. A list column stays a list."""
    duckdb.connect().execute(f"""copy (select timestamptz '2026-03-29 01:30:00+02' as created_at, ['a', 'tag b'] as tags, 't1' as ticket_id)
                   to '{tmp_path}/t.parquet'""")
    built = company(
        files={"t.parquet": (tmp_path / "t.parquet").read_bytes()},
        sources=block("t", "t.parquet", "support_tickets", 'timezone = "Asia/Tokyo"'),
    )
    assert built.rows("select strftime(created_at, '%d %H:%M'), tags from tickets") == [("28 23:30", ["a", "tag b"])]


@pytest.mark.parametrize(
    ("starts", "weeks"),
    [
        (
            "monday",
            {
                "2023-12-23": "2023-12-18",
                "2023-12-24": "2023-12-18",
                "2026-03-01": "2026-02-23",
                "2026-03-02": "2026-03-02",
            },
        ),
        (
            "sunday",
            {
                "2023-12-23": "2023-12-17",
                "2023-12-24": "2023-12-24",
                "2026-03-01": "2026-03-01",
                "2026-03-02": "2026-03-01",
            },
        ),
        (
            "saturday",
            {
                "2023-12-23": "2023-12-23",
                "2023-12-24": "2023-12-23",
                "2026-03-01": "2026-02-28",
                "2026-03-02": "2026-02-28",
            },
        ),
    ],
)
def test_a_week_begins_on_the_companys_day(company, starts, weeks):
    """23 December 2023 and 28 February 2026 are Saturdays; before and after any year's turn the week is the same seven days."""
    built = company(
        journey=JOURNEY,
        settings=f'[company]\nname = "W"\nweek_starts = "{starts}"\n',
        web_events="occurred_at  anonymous_id  url\n" + "\n".join(f"{day}  a  /cart" for day in weeks),
    )
    assert dict(built.rows("select day::varchar, week_of(day)::varchar from visits")) == weeks
    assert {cell.by["week"] for cell in built.show("completion_rate", by="week")} <= set(weeks.values())
