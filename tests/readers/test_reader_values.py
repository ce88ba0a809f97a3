"""Columns of dates, numbers, labels, states and lists, read by all their values together."""

import duckdb
import pytest

from data.build.load import create_tables
from data.values.cast import Batch, Stamp, cast_batch
from data.values.vocabulary import state_words
from tests.readers.loading import load

STAMP = Stamp("s", "f.csv", "1", "salt")


def cast(table: str, stated: dict | None = None, **columns):
    """(connection, outcome) of columns of text through the cast; `stated` goes into the batch."""
    con = duckdb.connect()
    con.execute("set TimeZone = 'UTC'")
    create_tables(con)
    names = ", ".join(f"unnest(${name}) as {name}" for name in columns)
    con.execute(f"create table given as select row_number() over () as _row, * from (select {names})", columns)
    return con, cast_batch(con, Batch(table, "given", **stated or {}), STAMP)


def dates(*texts: str, **stated) -> list[str]:
    con, _ = cast("web_events", stated, occurred_at=list(texts))
    return [str(at) for (at,) in con.execute("select occurred_at from src_web_events order by row").fetchall()]


def test_years_of_two_digits():
    assert dates("31.12.24", "05.01.25") == ["2024-12-31 00:00:00", "2025-01-05 00:00:00"]
    assert dates("12/31/99 11:05 PM", "1/5/01 12:00 AM") == ["1999-12-31 23:05:00", "2001-01-05 00:00:00"]
    assert dates("24-01-05", "24-02-19", "24-03-28", "25-01-11") == [
        "2024-01-05 00:00:00",
        "2024-02-19 00:00:00",
        "2024-03-28 00:00:00",
        "2025-01-11 00:00:00",
    ]


@pytest.mark.parametrize("text", ["0024-12-31", "1024-05-01 10:00", "2124-05-01", "0001-01-01"])
def test_a_year_nobody_can_mean_is_refused(text):
    con, _ = cast("web_events", occurred_at=[text, "2025-03-01"])
    assert con.execute("select count(*) from src_web_events").fetchone()[0] == 1
    ((reason, found, allowed),) = con.execute("select reason, found, allowed from refusals").fetchall()
    assert (reason, found) == ("not a readable date", text) and "from 1990 to" in allowed


def test_a_word_behind_the_time_is_read_or_the_value_refused():
    con, _ = cast("web_events", occurred_at=["2025-03-01 22:30 EST", "2025-03-01 22:30 Mars"])
    assert con.execute("select occurred_at::varchar from src_web_events").fetchall() == [("2025-03-02 03:30:00",)]
    assert con.execute("select found from refusals").fetchall() == [("2025-03-01 22:30 Mars",)]


def test_what_is_stated_wins_over_a_guess():
    assert dates("2024030414", dates=("%Y%m%d%H",)) == ["2024-03-04 14:00:00"]
    assert dates("2025-04-03", dates=("%Y-%d-%m",)) == ["2025-03-04 00:00:00"]
    assert dates("03/04/25 1:00 PM", dates=("%d/%m/%Y",)) == ["2025-04-03 13:00:00"]


def test_the_order_of_day_and_month_stays_a_question():
    con, outcome = cast("web_events", occurred_at=["03/04/2025, 14:30:00", "2025-03-01"])
    assert "day and month cannot be told apart" in outcome.question
    assert con.execute("select count(*) from src_web_events").fetchone()[0] == 1
    assert dates("13/04/2025, 14:30:00", "03/04/2025 2:30 PM") == ["2025-04-13 14:30:00", "2025-04-03 14:30:00"]


def test_a_spreadsheets_days_are_said():
    con, outcome = cast("web_events", occurred_at=["45352.5", "45353"])
    assert con.execute("select occurred_at::varchar from src_web_events order by row").fetchall() == [
        ("2024-03-01 12:00:00",),
        ("2024-03-02 00:00:00",),
    ]
    assert "spreadsheet" in outcome.notes[0]


def test_the_zero_of_a_calendar_is_no_time_and_remarked():
    con, _ = cast(
        "support_tickets",
        created_at=["2025-03-01 10:00"] * 2,
        closed_at=["0001-01-01 00:00:00", "1970-01-01T00:00:00Z"],
    )
    assert con.execute("select count(closed_at), count(*) from src_support_tickets").fetchone() == (0, 2)
    assert con.execute("select kind, records from remarks").fetchall() == [("no_time", 2)]


@pytest.mark.parametrize(
    ("texts", "stated", "numbers"),
    [
        (["19,90", "1.250"], None, [19.9, 1250]),
        (["1.250", "7"], ",", [1250, 7]),
        (["1,250.5", "3"], None, [1250.5, 3]),
        (["1 250,00", "€ 3,50", "(5,00)"], None, [1250, 3.5, -5]),
        (["CHF 1'250.50", "12.-"], None, [1250.5, 12]),
        (["R$ 1.234,56", "99 zł"], None, [1234.56, 99]),
        (["1\u202f250,00", "-4,00"], None, [1250, -4]),
        (["1.250,00", "1,250.00"], None, [1250, 1250]),
        (["1,250", "2,300"], None, [1250, 2300]),
    ],
)
def test_the_signs_of_numbers_are_those_of_their_column(texts, stated, numbers):
    con, _ = cast("orders", {"decimal": stated}, ordered_at=["2025-03-01"] * len(texts), amount=texts)
    assert [n for (n,) in con.execute("select amount from src_orders order by row").fetchall()] == numbers


def test_a_sign_that_stays_open_is_remarked_and_one_of_two_meanings_refused():
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 2, amount=["1,250", "2,300"])
    assert con.execute("select kind, example from remarks").fetchall() == [("open_number", "1,250")]
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 2, amount=["1,250", "1.250"])
    assert con.execute("select count(*) from refusals").fetchone()[0] == 2


def scores(texts: list[str], low: str | None = "1", high: str | None = "5", **more) -> list:
    scale = {"scale_min": [low] * len(texts), "scale_max": [high] * len(texts)} if low else {}
    con, outcome = cast(
        "survey_answers",
        survey=["s"] * len(texts),
        responded_at=["2025-03-01"] * len(texts),
        score=texts,
        **scale,
        **{name: [value] * len(texts) for name, value in more.items()},
    )
    return [n for (n,) in con.execute("select score from src_survey_answers order by row").fetchall()] or [
        outcome.question
    ]


@pytest.mark.parametrize(
    ("texts", "low", "high", "read"),
    [
        (["10 - Extremely likely", "0 – Not at all likely", "7"], "0", "10", [10, 0, 7]),
        (["5 (sehr zufrieden)", "3 = neutral"], "1", "5", [5, 3]),
        (["★★★★☆", "★"], "1", "5", [4, 1]),
        (["4/5", "3 von 5"], "1", "5", [4, 3]),
        (["Très satisfait(e)", "Pas du tout satisfait"], "1", "5", [5, 1]),
        (["Sehr zufrieden", "Eher unzufrieden", "Teils/teils"], "1", "5", [5, 2, 3]),
        (["Muy satisfecha", "Insatisfecho"], "1", "5", [5, 2]),
        (["Zeer tevreden", "Ontevreden"], "1", "5", [5, 2]),
        (["Muito satisfeito", "Neutro"], "1", "5", [5, 3]),
        (["Molto soddisfatta", "Insoddisfatto"], "1", "5", [5, 2]),
        (["Strongly agree", "Somewhat agree", "Agree", "Strongly disagree"], "1", "7", [7, 5, 6, 1]),
        (["Sehr einfach", "eher schwer"], "1", "5", [5, 2]),
        (["Tout à fait d'accord", "Plutôt pas d’accord"], "1", "5", [5, 2]),
        (["Sí", "No"], "0", "1", [1, 0]),
        (["👍", "👎"], "0", "1", [1, 0]),
        (["Molto facile", "Difficile"], None, None, [None]),
        (["very likely", "unlikely", "neutral"], None, None, [5, 2, 3]),
    ],
)
def test_labels_are_scores(texts, low, high, read):
    found = scores(texts, low, high)
    assert found == read or read == [None] and found == [5, 2]


def test_a_reversed_scale_keeps_its_direction():
    assert scores(["Very satisfied", "Dissatisfied"], higher_is_better="false") == [1, 4]


def test_words_on_several_scales_are_asked_about():
    assert "stand on several scales" in scores(["Satisfied", "Dissatisfied"], None)[0]


def test_a_word_among_numbers_is_no_scale_and_do_not_know_no_score():
    assert scores(["4", "good"]) == [4]
    assert scores(["Very satisfied", "Weiß nicht", "neutral"]) == [5, 3]


@pytest.mark.parametrize(
    "word",
    [
        "Resolved",
        "Done",
        "Gelöst",
        "Erledigt",
        "Résolu",
        "Resuelto",
        "Opgelost",
        "Resolvido",
        "Risolto",
        "Closed",
        "Fermé",
        "Cerrado",
        "Chiuso",
        "Gesloten",
    ],
)
def test_the_words_for_a_ticket_that_has_ended(word):
    con, _ = cast("support_tickets", created_at=["2025-03-01 10:00"], status=[word])
    assert con.execute("select status from src_support_tickets").fetchone()[0] in ("solved", "closed")


def test_no_word_means_two_states():
    assert len(set(state_words()[0])) == len(state_words()[0])


def test_tags_that_are_records_are_called_by_their_names():
    """As trackers write their labels; one without a name stays as it is written."""
    con, _ = cast(
        "support_tickets",
        created_at=["2025-03-01 10:00"],
        tags=['[{"id": 1, "name": "late delivery"}, {"label": "vip"}, {"x": 1}]'],
    )
    assert con.execute("select tags from src_support_tickets").fetchall() == [(["late delivery", "vip", '{"x":1}'],)]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["vip refund", "vip", "refund|vip"], [["vip", "refund"], ["vip"], ["refund", "vip"]]),
        (["['late', 'b c']", '["x","y"]'], [["late", "b c"], ["x", "y"]]),
        (["late delivery, vip", "late delivery"], [["late delivery", "vip"], ["late delivery"]]),
        (["a_b c", "d"], [["a_b", "c"], ["d"]]),
        (["{a,b}", "x;y"], [["a", "b"], ["x", "y"]]),
    ],
)
def test_tags_are_a_list_however_they_are_written(texts, read):
    con, _ = cast("support_tickets", created_at=["2025-03-01 10:00"] * len(texts), tags=texts)
    assert [tags for (tags,) in con.execute("select tags from src_support_tickets order by row").fetchall()] == read


def test_thousands_by_the_indian_grouping():
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 4, amount=["₹1,25,000.00", "12,50,000", "1,00,00,000.5", "950"])
    assert con.execute("select amount from src_orders order by row").fetchall() == [
        (125000.0,),
        (1250000.0,),
        (10000000.5,),
        (950.0,),
    ]
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 2, amount=["1,25", "12,50"])
    assert con.execute("select amount from src_orders order by row").fetchall() == [(1.25,), (12.5,)]


@pytest.mark.parametrize(
    "value",
    ["guest_checkout", "Guest Checkout", "walk-in customer", "Gast Besteller", "ANONYMOUS-USER", "no account guest"],
)
def test_several_words_for_nobody_are_no_id(value):
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 3, customer_id=[value, "guesthouse", "user 12"])
    assert con.execute("select id_customer_id from src_orders order by row").fetchall() == [
        (None,),
        ("guesthouse",),
        ("user 12",),
    ]


def test_an_address_typed_to_get_past_a_form_is_nobodys():
    con, _ = cast(
        "orders",
        ordered_at=["2025-03-01"] * 5,
        email=["test@test.com", "a@a.de", "n/a@n/a.com", "test@lamps.example", "smith@smith.com"],
    )
    assert [row[0] is None for row in con.execute("select id_email from src_orders order by row").fetchall()] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_ids_that_a_comma_country_made_floats_of():
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 2, customer_id=["1042,0", "1043,0"])
    assert con.execute("select id_customer_id from src_orders order by row").fetchall() == [("1042",), ("1043",)]
    con, _ = cast("orders", ordered_at=["2025-03-01"] * 2, customer_id=["1042,0", "1043,5"])
    assert con.execute("select id_customer_id from src_orders order by row").fetchall() == [("1042,0",), ("1043,5",)]


def test_counts_may_have_signs_between_their_thousands_in_any_country(tmp_path):
    """A column that counts has no decimals: German, English, Swiss and French thousands; 1.000 alone may be a program's 1, and is asked about."""
    path = tmp_path / "pages.csv"
    path.write_text(
        "date;path;views;visits;visitors;bounces;exits\n"
        "2026-03-01;/;12.345;1,204;1'200;1\u00a0350;1.000\n2026-03-01;/cart;640;310;99;75;2.000\n2026-03-01;/x;1.200;98;7;8;3.000\n",
        encoding="utf-8",
    )
    loaded = load(path, "table", table="web_daily")
    assert loaded.rows("select sum(views), sum(visits), sum(visitors), sum(bounces) from src_web_daily") == [
        (14185, 1612, 1306, 1433)
    ]
    assert loaded.rows('select "column" from remarks where kind = $$open_number$$') == [("exits",)]
