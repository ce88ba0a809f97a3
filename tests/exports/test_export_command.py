"""The command line and the digest."""

import json
from dataclasses import replace

import pytest

from commands.exports import main
from data.errors import UserError
from exports import digest
from exports.cards import basket
from metrics.query.query import Query
from tests.exports.conftest import PERIOD
from tests.exports.shop import item_of

DATES = ["--from", "2026-04-13", "--to", "2026-05-31"]


@pytest.fixture
def run(shop, tmp_path, capsys):
    """A function: arguments → (exit code, standard output, standard error), in an empty folder."""

    def call(*arguments: object) -> tuple[int, str, str]:
        code = main([*map(str, arguments), "--store", str(shop.path.parent)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return call


@pytest.mark.parametrize(
    ("command", "name", "starts"),
    [
        (["deck"], "a.pptx", b"PK"),
        (["deck", "completion_rate", "csat_t2b_5"], "a.pptx", b"PK"),
        (["workbook", "--form", "ledger"], "a.xlsx", b"PK"),
        (["picture", "csat_t2b_5"], "a.svg", b"<svg"),
        (["table", "completion_rate", "--by", "touch_channel"], "a.csv", b"\xef\xbb\xbf# "),
        (["digest"], "a.html", b"<!doctype html>"),
        (["table", "--form", "trend", "completion_rate"], "a.csv", b"\xef\xbb\xbf# "),
        (["deck", "--form", "moves"], "a.pptx", b"PK"),
        (["workbook", "--form", "pages", "--where", "stage=Buy"], "a.xlsx", b"PK"),
        (["deck", "completion_rate", "csat_t2b_5", "--form", "channels", "--where", "stage=Buy"], "a.pptx", b"PK"),
        (["deck", "--form", "nps_moves"], "a.pptx", b"PK"),
        (["workbook", "--form", "promises_kept"], "a.xlsx", b"PK"),
        (["deck", "--form", "next_euro"], "a.pptx", b"PK"),
        (["table", "--form", "topics"], "a.csv", b"\xef\xbb\xbf# "),
        (["table", "--form", "moves"], "a.csv", b"\xef\xbb\xbf# "),
    ],
)
def test_each_artefact_is_written(run, tmp_path, command, name, starts):
    code, out, err = run(*command, *DATES, "--out", tmp_path / name)
    assert (code, err) == (0, "") and out == f"wrote {tmp_path / name}\n"
    assert (tmp_path / name).read_bytes().startswith(starts)


def test_a_basket_file_becomes_a_deck(run, card, tmp_path):
    (tmp_path / "basket.json").write_text(basket.dump([item_of(card("completion_rate"))]))
    assert run("deck", "--basket", tmp_path / "basket.json", "--out", tmp_path / "a.pptx")[0] == 0
    assert (tmp_path / "a.pptx").read_bytes().startswith(b"PK")


@pytest.mark.parametrize(
    ("command", "says"),
    [
        (["deck", "complition_rate"], "no such metric"),
        (["deck", "completion_rate", "--by", "moon"], "unknown dimension"),
        (["picture", "completion_rate", "csat_t2b_5"], "one chart"),
        (["deck", "--basket", "nowhere.json"], "cannot be read"),
        (["deck", "completion_rate", "--where", "stage"], "DIMENSION=VALUE"),
        (["digest", "--audience", "the moon"], "no such audience"),
        (["workbook", "completion_rate", "--out", "/nowhere/a.xlsx"], "cannot be written"),
        (["deck", "completion_rate", "--by", "stage", "--form", "trend"], "a trend needs"),
        (["deck", "--form", "pages"], "of one stage"),
        (["deck", "completion_rate", "--form", "moves"], "of no metric"),
        (["deck", "--form", "channels", "--where", "stage=Buy"], "compared by a metric"),
    ],
)
def test_a_wrong_request_is_one_sentence_and_exit_code_2(run, command, says):
    code, out, err = run(*command)
    assert (code, out) == (2, "") and says in err and err.count("\n") == 1


def test_a_process_ends_as_its_main_does(cli, shop):
    done = cli("exports", "table", "completion_rate", "--store", shop.path.parent)
    assert done.returncode == 0 and done.stdout.startswith("# Completion rate is lowest in Buy")


def test_the_digest_names_finding_owner_numbers_and_small_print(shop):
    made = digest.build(Query((), **PERIOD), shop, address="https://cx.example")
    # all unhappy answers of this shop were given in the app
    claim = "Buy works but disappoints: 50 % came in the app; 50 % of them are unhappy, 0 % of the others."
    assert made.subject == f"Test shop: {claim}"
    for part in (
        f"NEEDS A DECISION  {claim} [checkout team]",
        "Completion rate, of all stage visits: ",
        "completion_rate v1",
        "simulated data",
        "https://cx.example/overview?v=1",
    ):
        assert part in made.text
    assert claim in made.html and "http" not in made.html.replace(
        made.text.split("Link: ")[1].strip().replace("&", "&amp;"), ""
    )


def test_an_owner_gets_what_is_theirs(shop):
    made = digest.build(Query((), **PERIOD), shop, "checkout team")
    assert "For: checkout team" in made.text and "Find: nobody" not in made.text


def test_an_unknown_audience_is_refused(shop):
    with pytest.raises(UserError, match="checkout team"):
        digest.build(Query(()), shop, "the moon")


def test_the_filter_of_a_digest_reaches_its_numbers(shop):
    """Half of the 1,248 visits came by app."""
    made = digest.build(replace(Query(()), filters=(("touch_channel", "app"),)), shop)
    assert "touch channel app" in made.text and "exploratory" in made.text


def test_basket_json_is_one_line(card):
    text = basket.dump([item_of(card("completion_rate"))])
    assert json.loads(text)["cards"][0]["metrics"] == ["completion_rate"] and "\n" not in text


def test_one_file_a_chart(shop, tmp_path):
    """Numbered in order, named by what each asks."""
    store = shop.path.parent
    out = tmp_path / "charts"
    assert main(["deck", "completion_rate", "csat_t2b_5", "--store", str(store), "--each", str(out)]) == 0
    assert [path.name for path in sorted(out.iterdir())] == [
        "01-completion-rate-stages.pptx",
        "02-csat-t2b-5-stages.pptx",
    ]


def test_a_deck_is_renewed_and_a_document_checked(shop, tmp_path, capsys):
    store, made = shop.path.parent, tmp_path / "d.pptx"
    assert main(["deck", "completion_rate", "--store", str(store), "--out", str(made)]) == 0
    assert main(["refresh", str(made), "--store", str(store)]) == 0
    assert (tmp_path / "d-refreshed.pptx").is_file() and "1 slides made here: 1 holds" in capsys.readouterr().out
    note = tmp_path / "note.txt"
    note.write_text("Completion rate in Buy is 1 %.", encoding="utf-8")
    assert main(["check", str(note), "--store", str(store)]) == 1
    assert "contradicted" in capsys.readouterr().out
    note.write_text("We met 3 times.", encoding="utf-8")
    assert main(["check", str(note), "--store", str(store), "--format", "json"]) == 0
