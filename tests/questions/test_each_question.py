"""Every question of data/questions: asked where it should be, with its numbers, and silent where nothing is odd."""

from datetime import UTC, datetime, timedelta

import pytest

from data.questions import NAMES
from data.settings.journey import DEFAULT_FILE
from tests.core.company import block

SURVEY = 'constants = { survey = "s", metric = "csat", scale_min = 1, scale_max = 5 }'


def rows(head: str, *lines: str) -> str:
    """Lines under a head."""
    return "\n".join([head, *lines])


def answers(*lines: str) -> str:
    """Answers to survey s on CSAT 1 to 5: response, day and time, score, customer."""
    return rows(
        "response_id  responded_at  score  customer_id  survey  metric  scale_min  scale_max",
        *(f"{line}  s  csat  1  5" for line in lines),
    )


def tickets(*lines: str) -> str:
    """Tickets: id, created, first reply, solved, status."""
    return rows("ticket_id  created_at  first_reply_at  solved_at  status", *lines)


def orders(*lines: str) -> str:
    """Orders: id, day, amount, margin, refunded, currency."""
    return rows("order_id  ordered_at  amount  margin  refunded  currency", *lines)


def spread(count: int, score: str = "4", who: str = "c{n}", first: int = 0) -> str:
    """So many answers an hour apart, each of another customer unless told otherwise."""
    return answers(
        *(
            f"r{n}  2026-03-{1 + n // 20:02}T{n % 20:02}:00  {score}  {who.format(n=n)}"
            for n in range(first, first + count)
        )
    )


def worded(*pairs: str) -> dict:
    """Three answers of each pair of a score and its word."""
    lines = [
        f"r{place}{n},2026-03-0{1 + n}T10:0{place},{','.join(pair.replace('-', ' ').split(maxsplit=1))}"
        for place, pair in enumerate(pairs)
        for n in range(3)
    ]
    return {
        "files": {"w.csv": "response_id,responded_at,score,choice\n" + "\n".join(lines) + "\n"},
        "sources": block("w", "w.csv", "survey_answers", SURVEY),
    }


SOON = (datetime.now(UTC) + timedelta(days=40)).strftime("%Y-%m-%dT%H:%M")
TWO_SITES = {"first.csv": "", "second.csv": ""}


def visits(host: str) -> str:
    """One view a day on a host."""
    return (
        "event_id,occurred_at,anonymous_id,url\n"
        + "\n".join(f"{host}{day},2026-03-{day:02}T10:00,b{day},https://{host}/cart" for day in range(1, 6))
        + "\n"
    )


def in_forms(here: str, there: str) -> dict:
    """Six people who order under one form of their id and answer under another."""
    return {
        "orders": rows(
            "order_id  ordered_at  customer_id", *(f"o{n}  2026-03-0{n}T10:00  {here.format(n)}" for n in range(1, 7))
        ),
        "survey_answers": answers(*(f"r{n}  2026-03-0{n}T12:00  {1 + n % 5}  {there.format(n)}" for n in range(1, 7))),
    }


def two_nps(response: str) -> dict:
    """Four people asked twice whether they would recommend, of brand and of shop: in one response, or in two."""
    head = "response_id  responded_at  question_id  score  customer_id  survey  metric"
    lines = [
        f"{response.format(n=n, q=q)}  2026-03-0{n}T12:00  {q}  {4 + n}  c{n}  s  nps"
        for n in range(1, 5)
        for q in ("brand", "shop")
    ]
    return {"survey_answers": rows(head, *lines)}


def two_sources(first: str, second: str) -> dict:
    """Two web sources, each with the visits of a host, by clocks a second apart: to the second the same, they would count once."""
    return {
        "files": {"first.csv": visits(first), "second.csv": visits(second).replace("T10:00", "T10:00:01")},
        "sources": block("first", "first.csv", "web_events") + block("second", "second.csv", "web_events"),
    }


def scored(*files: tuple[str, str]) -> dict:
    """One source of several files, each with 30 scores."""
    return {
        "files": {
            f"w{i}.csv": "response_id,responded_at,score\n"
            + "\n".join(f"{i}-{n},2026-03-{1 + n % 28:02}T10:{n:02},{(low, high)[n % 2]}" for n in range(30))
            + "\n"
            for i, (low, high) in enumerate(files)
        },
        "sources": block(
            "waves",
            "w*.csv",
            "survey_answers",
            'constants = { survey = "s", metric = "nps", scale_min = 0, scale_max = 10 }',
        ),
    }


def ids(*values: str) -> dict:
    """Orders of these customers."""
    return {
        "orders": rows(
            "order_id  ordered_at  customer_id",
            *(f"o{n}  2026-03-0{1 + n}T10:00  {value}" for n, value in enumerate(values)),
        )
    }


def numbered(*months: str) -> dict:
    """One source of several files, each numbering its five answers from 1."""
    return {
        "files": {
            f"m{i}.csv": "response_id,responded_at,score\n"
            + "\n".join(f"{n},{month}-{n:02}T10:0{n},{n}" for n in range(1, 6))
            + "\n"
            for i, month in enumerate(months)
        },
        "sources": block("m", "m*.csv", "survey_answers", SURVEY),
    }


MIXED = [f"r{n}  2026-03-{1 + n // 20:02}T{n % 20:02}:00  {1 + n % 5}  c{n}" for n in range(60)]
ASKED = {
    # question: (a company that raises it, records, a company that does not)
    "future_dates": (
        {"survey_answers": answers("r1  2026-03-01T10:00  4  c1", f"r2  {SOON}  4  c2")},
        1,
        {"survey_answers": answers("r1  2026-03-01T10:00  4  c1")},
    ),
    "dates_far_apart": (
        {"survey_answers": answers(*MIXED, "old  2001-01-01T10:00  4  c99")},
        1,
        {"survey_answers": answers(*MIXED)},
    ),
    "one_moment": (
        {"survey_answers": answers(*(f"r{n}  2026-03-09T08:15  {1 + n % 5}  c{n}" for n in range(40)))},
        40,
        {"survey_answers": answers(*MIXED)},
    ),
    "negative_durations": (
        {
            "support_tickets": tickets(
                "t1  2026-03-02T10:00  2026-03-02T01:00  2026-03-03T10:00  solved",
                "t2  2026-03-02T10:00  2026-03-02T11:00  2026-03-03T10:00  solved",
            )
        },
        1,
        {"support_tickets": tickets("t2  2026-03-02T10:00  2026-03-02T11:00  2026-03-03T10:00  solved")},
    ),
    "superseded": (
        {
            "files": {
                "a.csv": "ticket_id,created_at,subject\n"
                + "\n".join(f"t{n},2026-03-01T10:{n:02},one" for n in range(40))
                + "\n"
                + "\n".join(f"t{n},2026-04-01T10:{n:02},other" for n in range(40))
                + "\n"
            },
            "sources": block("a", "a.csv", "support_tickets"),
        },
        40,
        {
            "files": {
                "a.csv": "ticket_id,created_at,subject\n"
                + "\n".join(f"t{n},2026-03-01T10:{n:02},one" for n in range(40))
                + "\n"
            },
            "sources": block("a", "a.csv", "support_tickets"),
        },
    ),
    "orders_in_lines": (
        {
            "files": {
                "a.csv": "order_id,ordered_at,item,amount\n"
                + "\n".join(f"o{n // 2},2026-03-01T10:{n // 2:02},i{n},25" for n in range(24))
                + "\n"
            },
            "sources": block("a", "a.csv", "orders"),
        },
        12,
        {
            "files": {
                "a.csv": "order_id,ordered_at,item,amount\n"
                + "\n".join(f"o{n},2026-03-01T10:{n:02},i{n},25" for n in range(24))
                + "\n"
            },
            "sources": block("a", "a.csv", "orders"),
        },
    ),
    "one_id_on_many": (
        {"survey_answers": answers(*MIXED, *(f"x{n}  2026-03-{1 + n:02}T23:{n:02}  3  web-form" for n in range(25)))},
        25,
        {"survey_answers": answers(*MIXED)},
    ),
    "unlinked": (
        {
            "files": {
                "n.csv": "response_id,responded_at,score\n"
                + "\n".join(f"n{n},2026-03-01T10:{n:02},{1 + n % 5}" for n in range(40))
                + "\n"
            },
            "sources": block("n", "n.csv", "survey_answers", SURVEY),
            "orders": rows("order_id  ordered_at  customer_id", "o1  2026-03-01T10:00  c1"),
        },
        40,
        {"survey_answers": answers(*MIXED)},
    ),
    "kind_not_declared": (
        {
            "survey_answers": answers(*MIXED),
            "journey": '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\nsurveys = ["s"]\n',
        },
        60,
        {"survey_answers": answers(*MIXED)},
    ),
    "scale_not_used": (
        {
            "survey_answers": rows(
                "response_id  responded_at  score  survey  metric  scale_min  scale_max",
                *(f"r{n}  2026-03-{1 + n // 20:02}T{n % 20:02}:00  {1 + n % 5}  s  nps  0  10" for n in range(40)),
            )
        },
        40,
        {"survey_answers": answers(*MIXED)},
    ),
    "one_score": ({"survey_answers": spread(60)}, 60, {"survey_answers": answers(*MIXED)}),
    "one_site_twice": (two_sources("shop.example", "shop.example"), 5, two_sources("shop.example", "help.example")),
    "records_in_two_sources": (
        {
            "support_tickets": tickets(*(f"t{n}  2026-03-0{n}T10:00  -  -  open" for n in range(1, 6))),
            "files": {
                "again.csv": "ticket_id,created_at\n" + "".join(f"t{n},2026-03-0{n}T10:00\n" for n in range(1, 4))
            },
            "sources": block("again", "again.csv", "support_tickets"),
        },
        3,
        {
            "support_tickets": tickets(*(f"t{n}  2026-03-0{n}T10:00  -  -  open" for n in range(1, 6))),
            "files": {
                "again.csv": "ticket_id,created_at\n" + "".join(f"t{n},2026-03-0{n}T11:00\n" for n in range(1, 4))
            },
            "sources": block("again", "again.csv", "support_tickets"),
        },
    ),
    "ids_in_two_forms": (
        in_forms("{:06}", "{}"),
        6,
        in_forms("k{:02}", "k{:02}"),
    ),
    "several_nps": (two_nps("r{n}"), 4, two_nps("{q}{n}")),
    "rate_jumps": (scored(("9", "8"), ("8", "9"), ("1", "2")), 30, scored(("9", "8"), ("8", "9"), ("9", "7"))),
    "currencies": (
        {"orders": orders("o1  2026-03-01T10:00  50  20  0  EUR", "o2  2026-03-01T11:00  50  20  0  USD")},
        1,
        {"orders": orders("o1  2026-03-01T10:00  50  20  0  EUR")},
    ),
    "amounts": (
        {"orders": orders("o1  2026-03-01T10:00  50  90  0  EUR", "o2  2026-03-01T11:00  50  20  0  EUR")},
        1,
        {"orders": orders("o2  2026-03-01T11:00  50  20  0  EUR")},
    ),
    "orders_of_nothing": (
        {"orders": orders("o1  2026-03-01T10:00  0  0  0  EUR", "o2  2026-03-01T11:00  50  20  0  EUR")},
        1,
        {"orders": orders("o2  2026-03-01T11:00  50  20  0  EUR")},
    ),
    "ended_without_time": (
        {"support_tickets": tickets("t1  2026-03-02T10:00  -  -  solved", "t2  2026-03-02T10:00  -  -  open")},
        1,
        {"support_tickets": tickets("t1  2026-03-02T10:00  -  2026-03-03T10:00  solved")},
    ),
    "replies_at_once": (
        {"support_tickets": tickets("t1  2026-03-02T10:00:07  2026-03-02T10:00:07  -  open")},
        1,
        {"support_tickets": tickets("t1  2026-03-02T10:00:07  2026-03-02T10:00:09  -  open")},
    ),
    "open_though_solved": (
        {
            "support_tickets": tickets(
                "t1  2026-03-02T10:00  2026-03-02T11:00  2026-03-03T10:00  Wiedereröffnet",
                "t2  2026-03-02T10:00  2026-03-02T11:00  2026-03-03T10:00  solved",
            )
        },
        1,
        {"support_tickets": tickets("t2  2026-03-02T10:00  2026-03-02T11:00  2026-03-03T10:00  solved")},
    ),
    "mostly_refused": (
        {
            "files": {"a.csv": "when,score\n" + "\n".join(f"2026-03-{n:02}T10:00,4" for n in range(20, 40)) + "\n"},
            "sources": block("a", "a.csv", "survey_answers", 'columns = { responded_at = "when" }', SURVEY),
        },
        8,
        {
            "files": {"a.csv": "when,score\n2026-03-02T10:00,4\n"},
            "sources": block("a", "a.csv", "survey_answers", 'columns = { responded_at = "when" }', SURVEY),
        },
    ),
    "rules_without_match": (
        {
            "survey_answers": answers(*MIXED),
            "journey": '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\nsurveys = ["s"]\n[[survey]]\nname = "typo"\nkind = "intercept"\n',
        },
        1,
        {"survey_answers": answers(*MIXED)},
    ),
    "rounded_ids": (ids(*(["1.23457E+17"] * 4)), 4, ids("123456789012345678", "223456789012345678")),
    "placeholder_ids": (ids("guest", "guest", "k1"), 2, ids("k1", "k2")),
    "shared_ids": (
        {
            "survey_answers": answers(
                *(f"x{n}  2026-03-05T10:{n:02}  3  form" for n in range(12)), "r  2026-03-05T10:00  4  c1"
            )
        },
        12,
        {"survey_answers": answers(*(f"x{n}  2026-03-{5 + n}T10:00  3  form" for n in range(9)))},
    ),
    "open_numbers": (
        {
            "files": {"o.csv": 'ordered_at,amount\n2026-03-01,"1,250"\n2026-03-02,"2,300"\n'},
            "sources": block("o", "o.csv", "orders"),
        },
        2,
        {
            "files": {"o.csv": 'ordered_at,amount\n2026-03-01,"1,250"\n2026-03-02,"19.90"\n'},
            "sources": block("o", "o.csv", "orders"),
        },
    ),
    "unknown_states": (
        {
            "support_tickets": tickets(
                "t1  2026-03-02T10:00  -  2026-03-03T10:00  Parked-42", "t2  2026-03-02T10:00  -  -  Offen"
            )
        },
        1,
        {
            "support_tickets": tickets(
                "t1  2026-03-02T10:00  -  2026-03-03T10:00  Résolu", "t2  2026-03-02T10:00  -  -  Offen"
            )
        },
    ),
    "events_without_ids": (
        {
            "web_events": rows(
                "occurred_at  anonymous_id  url", "2026-03-02T10:00  -  /cart", "2026-03-02T10:01  b1  /cart"
            )
        },
        1,
        {"web_events": rows("occurred_at  anonymous_id  url", "2026-03-02T10:01  b1  /cart")},
    ),
    "restarted_keys": (numbered("2026-03", "2026-04"), 10, numbered("2026-03", "2026-03")),
    "label_order": (
        worded("1  Very-satisfied", "2  Satisfied", "4  Dissatisfied", "5  Very-dissatisfied"),
        9,
        worded("5  Very-satisfied", "4  Satisfied", "2  Dissatisfied", "1  Very-dissatisfied"),
    ),
    "no_times": (
        {
            "support_tickets": tickets(
                "t1  2026-03-02T10:00  -  0001-01-01T00:00:00  open", "t2  2026-03-02T10:00  -  -  open"
            )
        },
        1,
        {"support_tickets": tickets("t1  2026-03-02T10:00  -  -  open")},
    ),
}


def test_every_question_has_both_tests():
    assert set(ASKED) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_asked(questions, name):
    """With how many records it is about, a sentence, and what to do."""
    company, records, _ = ASKED[name]
    found = questions(name, **company)
    assert found and found[0].records == records
    assert found[0].asks.endswith(".") and found[0].remedy.endswith(".") and "{" not in found[0].asks


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_not_asked_for_nothing(questions, name):
    assert not questions(name, **ASKED[name][2])


def test_lines_of_orders_are_not_asked_about_once_it_is_said_what_they_are(questions):
    """Items in one source, totals in another."""
    text = "order_id,ordered_at,amount\n" + "".join(f"o{n // 2},2026-03-01T10:{n // 2:02},25\n" for n in range(24))
    sources = [block(name, f"{name}.csv", "orders", f'lines = "{name}"') for name in ("items", "total")]
    files = {"items.csv": text, "total.csv": text.replace("\no", "\np")}
    assert not questions("orders_in_lines", files=files, sources="".join(sources))


def test_the_standard_stages_in_a_file_raise_no_question_until_they_are_changed(questions):
    """As `data inspect` writes them, with the company's survey below; a changed stage is the company's own."""
    survey = '\n[[survey]]\nname = "s"\nkind = "transactional"\n'
    standard = DEFAULT_FILE.read_text(encoding="utf-8") + survey
    answered = {"survey_answers": answers(*MIXED)}
    assert not questions("rules_without_match", journey=standard, **answered)
    changed = standard.replace('events = ["login"]', 'events = ["logn"]')
    found = questions("rules_without_match", journey=changed, **answered)
    assert {question.subject for question in found} == {"events of Engage logn", "stage Engage"}
