"""One person erased: out of every file of the store, also the older ones, and kept out by the next build; with a receipt that does not name them."""

import csv
import io
import json
from dataclasses import fields
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from commands.data import main as data_main
from data.build import readings
from data.build.build import build
from data.erasure import erase
from data.erasure.named import named
from data.errors import UserError
from data.store.audit import lines
from data.store.decisions import Decision, Decisions
from data.store.generations import Store, open_generation
from data.store.person_key import key_of
from data.store.result_cache import Answers, answers_file
from data.store.saved.followups import Followup, Followups
from data.store.user_records import Users, users_file
from tests.core.company import warned, write_company

WHO, MAIL, BROWSER = "cust-vanish-77", "vanish@shop.example", "browser-vanish-1"
SAID = "Zanzibar express never arrived for vanish"
EVENTS = f"""event_id  occurred_at  anonymous_id  customer_id  session_id  event_name  url
e1  2026-03-02T10:00  {BROWSER}  -  s-vanish  page_view  /cart
e2  2026-03-02T10:01  {BROWSER}  {WHO}  s-vanish  login  /account
e3  2026-03-02T10:02  -  -  s-vanish  page_view  /checkout
e4  2026-03-02T11:00  browser-2  cust-2  s-2  page_view  /cart
e5  2026-04-02T11:00  browser-3  cust-3  s-3  page_view  /cart"""
ANSWERS = f"""response_id  responded_at  customer_id  survey  metric  score  scale_min  scale_max  comment
r1  2026-03-03T10:00  {WHO}  nps  nps  2  0  10  {SAID}
r2  2026-03-03T10:00  cust-2  nps  nps  9  0  10  All went well with it"""
TICKETS = f"""ticket_id  created_at  email  subject  body
t-vanish-1  2026-03-04T10:00  {MAIL}  Where is it  {SAID}
t2  2026-03-04T10:00  other@shop.example  Hello  Thanks for it"""
ORDERS = f"""order_id  ordered_at  customer_id  email  amount
o-vanish-1  2026-03-02T10:05  {WHO}  {MAIL}  10
o2  2026-03-02T10:05  cust-2  other@shop.example  20"""
TABLES = {"web_events": EVENTS, "survey_answers": ANSWERS, "support_tickets": TICKETS, "orders": ORDERS}
TRACES = (WHO, MAIL, BROWSER, "Zanzibar", "s-vanish", "t-vanish-1", "o-vanish-1")


@pytest.fixture
def built(tmp_path, monkeypatch):
    """Two states of a store in which one of three people wrote, ordered and asked for help; kept answers, kept readings of their events and users'
    records that name them."""
    monkeypatch.setattr(readings, "LEAST", 1)
    sources = write_company(tmp_path, **TABLES)
    store = tmp_path / "store"
    build(sources, None, store)
    build(sources, None, store)
    users = Users(users_file(store))
    secret = users.secret("person_key")
    key = key_of(person(store, WHO), secret)
    users.opened("lead@shop.example", key, "Stage", "gen")
    with users.open() as con:
        con.execute("create table notes (at text, note text)")
        con.execute("insert into notes values ('2026', ?)", (f"call {WHO} back",))
    decisions = Decisions(users_file(store))
    made = decisions.add(
        decision(owner="Vera Vanish", notes=f"Ask {WHO.upper()}, not Vera Vanishing; and {MAIL.title()}"), "lead"
    )
    decisions.save(made, 1, "lead", notes=f"vera vanish ({MAIL}) was called. Vanished: no one")
    after = Followups(users_file(store))
    rows = open_generation(store).cursor().execute("select answer_key, response_id from answers").fetchall()
    for answer, response in rows:
        after.take(Followup(answer, "Purchase", "Vanish", "lead", notes=f"of {response}"), "lead")
        (mine,) = [one for one in after.all("Purchase") if one.answer == answer]
        after.change(mine, "lead", notes=f"wants a refund for {response}")
    Answers(answers_file(store)).keep("gen", "question", SAID.encode())
    return sources, store, key


def decision(**more: str) -> Decision:
    """A signed finding on the stage Vanish."""
    given = dict.fromkeys((field.name for field in fields(Decision)), "") | {
        "stage": "Vanish",
        "due": "2026-04-01",
        "status": "open",
    }
    numbers = {
        "metric_version": 1,
        "line": 0.5,
        "below": True,
        "value": 0.4,
        "low": 0.3,
        "high": 0.5,
        "n": 90,
        "version": 1,
    }
    return Decision(**(given | numbers | more))


def person(store: Path, who: str) -> int:
    ((found,),) = (
        open_generation(store)
        .cursor()
        .execute("select person_id from person_map where value = $who", {"who": who})
        .fetchall()
    )
    return found


def everything(store: Path) -> str:
    """All that can be read in the files of a store: bytes as they are, and each row of each table, generation and part."""
    found = []
    for path in sorted(store.rglob("*")):
        if path.is_file():
            found.append(path.read_bytes().decode("latin-1"))
            found.append(path.read_bytes().decode("utf-16-le", "ignore"))
        with duckdb.connect() as con:
            if path.suffix == ".parquet":
                found.append(str(con.execute("select * from read_parquet($p)", {"p": str(path)}).fetchall()))
            if path.suffix == ".duckdb":
                con.execute("attach $p as old (read_only)", {"p": str(path)})
                for (name,) in con.execute(
                    "select table_name from duckdb_tables() where database_name = 'old'"
                ).fetchall():
                    found.append(str(con.execute(f'select * from old."{name}"').fetchall()))
    return "\n".join(found)


def test_a_person_is_gone_from_every_file_and_stays_out(built, capsys):
    """Found by their id: the customer, the browser, the session, texts, order and ticket go; the others stay as they were."""
    sources, store, key = built
    number = str(person(store, WHO))
    before = everything(store)
    assert all(trace in before for trace in (WHO, BROWSER, "Zanzibar", number, key))
    assert list(store.glob("readings/*/src_web_events.parquet"))
    running = Store(store)
    assert running.generation()
    assert (
        data_main(
            [
                "erase",
                WHO,
                "--by",
                "dpo@shop.example",
                "--also",
                "Vera Vanish",
                "--store",
                str(store),
                "--format",
                "json",
            ]
        )
        == 0
    )
    receipt = json.loads(capsys.readouterr().out)
    after = everything(store)
    assert [trace for trace in (*TRACES, number, key) if trace in after] == []
    assert len(list(store.glob("gen-*"))) == 2
    with pytest.raises(UserError, match="nobody of this store is known by this"):
        erase(store, WHO, None, "x")
    # what it says, and what it does not
    assert [trace for trace in (*TRACES, number, key) if trace in json.dumps(receipt)] == []
    assert receipt["learned_from_comments"]["deleted"] == []
    assert receipt["by"] == "dpo@shop.example" and receipt["ids"]["customer_id"] == receipt["ids"]["anonymous_id"] == 1
    assert sum("answers" in rows for rows in receipt["files"].values()) == 2
    assert (
        receipt["users_records"]
        == {
            "decision_changes": 1,
            "decisions": 1,
            "followup_changes": 1,
            "followups": 1,
            "notes": 1,
            "openings": 1,
        }
        and receipt["kept_answers_forgotten"] == 1
    )
    # the ticket's file holds their address only, which the store knows by its hash
    assert receipt["sources_that_still_hold_them"] == ["web_events.csv", "survey_answers.csv", "orders.csv"]
    assert json.loads((store / receipt["receipt"]).read_text())["by"] == "dpo@shop.example"
    assert {line["what"] for line in lines(store)} == {"path opened", "erasure"}
    # what colleagues wrote: ids and names as whole words in any case, the address by its hash; who has it open cannot save it back
    held = Decisions(users_file(store))
    (kept,) = held.all()
    assert (kept.owner, kept.notes) == ("[erased]", "[erased] ([erased]) was called. Vanished: no one")
    assert (kept.stage, kept.due, kept.version) == ("Vanish", "2026-04-01", 3)
    assert [change["before"] for change in held.changes(kept.id)] == ["Ask [erased], not Vera Vanishing; and [erased]"]
    with pytest.raises(UserError, match="changed this decision meanwhile"):
        held.save(kept.id, 2, "lead", notes="Vera Vanish again")
    (looked_after,) = Followups(users_file(store)).all("Purchase")
    assert looked_after.notes == "wants a refund for r2" and b"for r1" not in users_file(store).read_bytes()
    # the others are as they were, the reader that runs goes on
    generation = running.generation()
    assert generation.trouble is None
    ask = generation.cursor().execute
    assert ask("select count(*), count(distinct person_id) from visits").fetchall() == [(2, 2)]
    assert ask("select comment from answers").fetchall() == [("All went well with it",)]
    assert ask("select count(*) from people_visits").fetchall() == [(2,)]
    assert generation.cursor_with("events").execute("select count(*) from events").fetchall() == [(2,)]
    # the next build leaves them out, each record counted with its reason
    summary = build(sources, None, store)
    assert {file["file"]: (file["rows_in"], file["loaded"]) for file in summary.files} == {
        "web_events.csv": (5, 2),
        "survey_answers.csv": (2, 1),
        "support_tickets.csv": (2, 1),
        "orders.csv": (2, 1),
    }
    again = everything(store)
    assert [trace for trace in (*TRACES, number) if trace in again] == []
    assert open_generation(store).cursor().execute(
        "select kind, reason, count(*) from refusals group by all"
    ).fetchall() == [("erased", "of a person who was erased", 6)]


def test_an_id_of_several_people_asks_which_and_one_of_nobody_says_so(tmp_path, capsys):
    """The ticket 7 of one person and the customer 7, who is another."""
    tables = {
        "support_tickets": "ticket_id  created_at  customer_id\n7  2026-03-04T10:00  a\n8  2026-03-04T10:00  7",
        "web_events": "occurred_at  customer_id  url\n2026-03-02T10:00  a  /cart\n2026-03-02T10:00  7  /cart",
    }
    store = tmp_path / "store"
    build(write_company(tmp_path, **tables), None, store)
    assert data_main(["erase", "7", "--store", str(store)]) == 2
    assert "several people" in (said := capsys.readouterr().err) and "customer_id, ticket_id" in said
    (store / "calibration").mkdir()
    (store / "calibration" / "2.npz").write_bytes(b"what was learned from comments")
    capsys.readouterr()
    assert data_main(["erase", "7", "--kind", "ticket_id", "--store", str(store)]) == 0
    assert (
        "Learned from comments, deleted: calibration/2.npz. Not learned anew: too few comments came with a rating"
        in capsys.readouterr().out
    )
    assert not list((store / "calibration").iterdir())
    assert open_generation(store).cursor().execute("select ticket_id from tickets").fetchall() == [("8",)]
    assert data_main(["erase", "nobody-at-all", "--store", str(store)]) == 2
    assert data_main(["erase", "7", "--store", str(tmp_path / "none")]) == 2


def aged(days: int) -> str:
    return f"{date.today() - timedelta(days=days)}T12:00"


def test_records_and_texts_older_than_they_are_kept_stay_out_and_numbers_over_that_time_say_so(company):
    """Events for 100 days, answers for 300, texts for 30: counted as refused by age; a comment goes, its score stays; an answer that was
    nothing but a comment goes whole; one without a date stays."""
    rows = io.StringIO()
    write = csv.writer(rows)
    write.writerow(
        ["response_id", "responded_at", "customer_id", "survey", "metric", "score", "scale_min", "scale_max", "comment"]
    )
    for name, age, score, said in (
        ("new", 10, 9, "good"),
        ("older", 200, 8, "well"),
        ("text", 200, "", "only words"),
        ("old", 400, 7, "long ago"),
    ):
        write.writerow(
            [name, aged(age), name, "s", "nps" if score else "", score, 0 if score else "", 10 if score else "", said]
        )
    write.writerow(["undated", "", "undated", "s", "nps", 6, 0, 10, "who knows when"])
    built = company(
        settings='[company]\nname = "T"\n[retention]\nevents_days = 100\nanswers_days = 300\ntexts_days = 30\n',
        web_events=f"occurred_at  anonymous_id  url\n{aged(10)}  a  /cart\n{aged(120)}  b  /cart",
        sources='[[source]]\nname = "a"\nreader = "table"\npath = "a.csv"\ntable = "survey_answers"\n',
        files={"a.csv": rows.getvalue()},
    )
    assert built.account("web_events.csv") == (2, 1, 1) and built.account("a.csv") == (5, 3, 2)
    assert built.rows("select response_id, score, comment from answers order by 1") == [
        ("new", 9.0, "good"),
        ("older", 8.0, None),
        ("undated", 6.0, "who knows when"),
    ]
    assert built.rows("select kind, allowed, count(*) from refusals group by all order by 2") == [
        ("retention", "100 days", 1),
        ("retention", "30 days", 1),
        ("retention", "300 days", 1),
    ]
    found = built.ask("nps_relationship", start=date.today() - timedelta(days=350), end=date.today())
    assert [text for text in warned(found) if "answers are kept for 300 days" in text]
    found = built.ask("nps_relationship", start=date.today() - timedelta(days=50), end=date.today())
    assert not [text for text in warned(found) if "are kept for" in text]
    found = built.ask("completion_rate", start=date.today() - timedelta(days=60), end=date.today(), compare="previous")
    assert [text for text in warned(found) if "events are kept for 100 days" in text]


@pytest.mark.parametrize("value", ["0", "-5", "1.5", "true", '"30"', "[30]", "99999999", "nan"])
def test_days_that_are_no_number_of_days_are_refused(value, tmp_path):
    sources = write_company(
        tmp_path, settings=f"[retention]\nevents_days = {value}\n", web_events="occurred_at  url\n2026-03-02  /"
    )
    with pytest.raises(
        UserError, match=r"\[retention\] events_days: not a number of days. Found: .* Allowed: a whole number from 1"
    ):
        build(sources, None, tmp_path / "store")


def test_a_person_is_found_by_the_address_another_tool_knows(tmp_path, capsys):
    """By the e-mail of a ticket in another case: the customer goes, too, and the files that name either are told."""
    store = tmp_path / "store"
    build(write_company(tmp_path, **TABLES), None, store)
    assert data_main(["erase", MAIL.upper(), "--store", str(store), "--format", "json"]) == 0
    receipt = json.loads(capsys.readouterr().out)
    assert sorted(receipt["sources_that_still_hold_them"]) == sorted(f"{name}.csv" for name in TABLES)
    with pytest.raises(UserError, match="nobody of this store is known by this"):
        erase(store, WHO, None, "x")


@pytest.mark.parametrize("way", ["words", "file", "standard input"])
def test_whom_it_is_about_is_told_in_words_or_in_lines_nobody_else_sees(tmp_path, monkeypatch, way):
    told = "  cust 7\r\nVera Vanish\r\n\r\nvera@shop.example".encode("utf-8-sig")
    (tmp_path / "who").write_bytes(told)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(told)))
    also = ["Vera Vanish", "vera@shop.example"]
    given = {"words": ("cust 7", also, None), "file": (None, [], str(tmp_path / "who"))}.get(way, (None, [], "-"))
    assert named(*given) == ("cust 7", also)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ((None, [], None), "nobody is named"),
        (("x", [], "-"), "a person is named once"),
        ((None, [], "nowhere/there"), "cannot be read"),
        ((None, [], "empty"), "nobody is named"),
    ],
)
def test_nobody_is_erased_by_a_slip(tmp_path, monkeypatch, given, said):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").write_text("\n")
    with pytest.raises(UserError, match=said):
        named(*given)
