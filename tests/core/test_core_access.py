"""access.toml: which groups see which rows, and what they may do with them; whoever is in none sees nothing."""

import json
from textwrap import dedent

import pytest

import metrics
from commands.exports import main as exports
from commands.metrics import main as show
from data.errors import UserError
from exports import api
from metrics.analyses.changes import changes
from metrics.analyses.lists import listed
from metrics.analyses.person_path import path_of
from metrics.codes import NoteCode, ReasonCode
from metrics.compute.run import run
from metrics.query import context
from metrics.query.query import Grant, Query, Rights
from metrics.rules.access import HERE, Identity, NothingGranted, as_groups, look, seen, viewed
from metrics.states import State
from report.words.warnings import warning_text
from tests.core.company import build_company

JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Find"
paths = ["/find*"]
goal = "path:/find/done"
[[journey.stage]]
name = "Buy"
paths = ["/buy*"]
goal = "path:/buy/done"
surveys = ["after"]
[[survey]]
name = "after"
kind = "transactional"
"""
FILE = """
[[group]]
name = "Buyers in the north"
members = ["north@shop.example"]
stages = ["Buy"]
regions = ["North"]
comments = true

[[group]]
name = "The south"
members = ["*@south.shop.example"]
provider_groups = ["south"]
regions = ["South"]
views = ["overview"]
persons = true
exports = true

[[group]]
name = "Everything"
members = ["lead@shop.example"]
comments = true
persons = true
exports = true
administer = true
"""
PEOPLE = 48  # every third of the south; of each region every second reaches the goal of Buy


def _company(folder):
    events, answers, people = [], [], []
    for number in range(PEOPLE):
        region = "South" if number % 3 == 0 else "North"
        people.append(f"c{number},{region}")
        for minute, page in enumerate(["/find/a", "/buy/a", *(["/buy/done"] if number % 2 else [])]):
            events.append(
                f"e{number}-{minute},2026-03-{2 + number % 21:02d}T10:{minute:02d}:00Z,page_view,{page},s{number},c{number},{region}"
            )
        answers.append(
            f"a{number},2026-03-{2 + number % 21:02d}T11:00:00Z,after,csat,{1 + number % 5},1,5,said by {region},c{number},s{number}"
        )
    files = {
        "web_events.csv": "\n".join(["event_id,occurred_at,event_name,url,session_id,customer_id,region", *events])
        + "\n",
        "survey_answers.csv": "\n".join(
            [
                "response_id,responded_at,survey,metric,score,scale_min,scale_max,comment,customer_id,session_id",
                *answers,
            ]
        )
        + "\n",
        "people.csv": "\n".join(["customer_id,region", *people]) + "\n",
    }
    blocks = "".join(
        f'[[source]]\nname = "{name}"\nreader = "table"\npath = "{name}.csv"\ntable = "{name}"\n'
        for name in ("web_events", "survey_answers", "people")
    )
    return build_company(folder, sources=blocks, journey=JOURNEY, files=files)


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shop")
    made = _company(folder)
    (folder / "access.toml").write_text(FILE)
    return made


@pytest.fixture(scope="module")
def file(shop):
    return shop.folder / "access.toml"


def rights(file, *groups: str) -> Rights:
    return as_groups(groups, file)


def counted(shop, granted: Rights, metric: str = "completion_rate", by: tuple[str, ...] = ("stage",), **more) -> dict:
    result = run(Query((metric,), by=by, rights=granted, **more), shop.store.generation())
    return {tuple(cell.by.values()): cell.n for cell in result.cells}


def test_a_row_is_seen_where_one_group_grants_it(shop, file):
    """48 people, 16 of them in the south: the north sees Buy only, the south both stages, both together as many as each."""
    assert counted(shop, rights(file, "Buyers in the north")) == {("Buy",): 32}
    assert counted(shop, rights(file, "The south")) == {("Find",): 16, ("Buy",): 16}
    assert counted(shop, rights(file, "Buyers in the north", "The south")) == {("Find",): 16, ("Buy",): 48}
    assert counted(shop, rights(file, "Everything")) == {("Find",): 48, ("Buy",): 48} == counted(shop, Rights())


def test_what_is_not_granted_is_not_there(shop, file):
    """A stage nobody granted is one this store does not have; a filter for another region finds nothing; breakdowns name none."""
    north = rights(file, "Buyers in the north")
    with pytest.raises(UserError, match="no such stage.*Allowed: Buy"):
        counted(shop, north, stages=("Find",))
    assert counted(shop, north, by=("region",)) == {("North",): 32}
    assert set(counted(shop, north, by=(), filters=(("region", "South"),)).values()) == {0}
    part = seen(shop.store.generation(), north)
    assert context.read(part).stages == {"Shop": ("Buy",)}
    assert part.cursor().execute("select count(*) from person_map").fetchone() == (0,)
    assert part.cursor_with("events").execute("select distinct stage from people_events").fetchall() == [("Buy",)]


def test_numbers_that_look_at_what_is_not_seen_are_refused_and_say_what_they_need(shop, file):
    (cell,) = run(
        Query(("journey_success_rate",), rights=rights(file, "Buyers in the north")), shop.store.generation()
    ).cells
    assert (cell.state, cell.reason.code, cell.n) == (State.REFUSED, ReasonCode.NEEDS_ALL_OF, 0)
    assert cell.reason.numbers["limits"] == ("stages",)
    said = run(
        Query(("completion_rate",), rights=rights(file, "Buyers in the north")), shop.store.generation()
    ).warnings
    assert "of a part of the data only: stage Buy, region North" in [warning_text(one) for one in said]
    moves = listed("moves", Query((), "Shop", rights=rights(file, "Buyers in the north")), shop.store.generation())
    assert moves.rows == () and [note.code for note in moves.notes] == [NoteCode.SOME_STAGES]


def test_words_paths_and_files_are_of_the_rows_of_groups_that_grant_them(shop, file):
    """North may read words, the south open paths and make files: whoever is in both does each with the rows of its group."""
    both = rights(file, "Buyers in the north", "The south")
    generation = shop.store.generation()
    said = listed("words", Query((), "Shop", ("Buy",), rights=both), generation).rows
    assert {row["comment"] for row in said} == {"said by North"} and len(said) == 32
    assert listed("words", Query((), "Shop", ("Buy",), rights=rights(file, "The south")), generation).rows == ()
    northern, southern = (
        shop.value(f"select min(person_id) from people_visits where region = '{region}'")
        for region in ("North", "South")
    )
    path = path_of(southern, "Shop", generation, both)
    assert path.total == 1 and all(
        row["comment"] is None for moment in path.moments for row in moment.rows if "comment" in row
    )
    with pytest.raises(UserError, match="nobody of this name"):
        path_of(northern, "Shop", generation, both)
    with pytest.raises(UserError, match="right see_persons"):
        path_of(northern, "Shop", generation, rights(file, "Buyers in the north"))
    asked = [("stages", Query(("completion_rate",), by=("stage",)))]
    (made,) = api.numbers(asked, seen(generation, both), "")
    assert b"Buy" in made and b",16,16," in made and b",48," not in made
    with pytest.raises(UserError, match="files are made only"):
        api.numbers(asked, seen(generation, rights(file, "Buyers in the north")), "")
    for form in (api.slides, api.book):
        with pytest.raises(UserError, match="files are made only"):
            form(asked, seen(generation, rights(file, "Buyers in the north")), "")


def test_whoever_looks_keeps_to_their_rights_whatever_a_question_says(shop, file):
    """A question that comes with other rights, or with none, is answered by those of whoever looks."""
    mine = seen(shop.store.generation(), rights(file, "Buyers in the north"))
    for claimed in (Rights(), Rights(see_persons=True), rights(file, "Everything")):
        result = run(Query(("completion_rate",), by=("stage",), rights=claimed), mine)
        assert [(cell.by["stage"], cell.n) for cell in result.cells] == [("Buy", 32)]
        assert not result.query.rights.see_persons
    assert changes(Query(("completion_rate",)), mine) == []


def test_caches_tell_viewers_apart(shop, file):
    """The same rows under the same rights have one name, others another; who may see persons everywhere has one of their own."""
    whole = shop.store.generation()
    keys = [
        seen(whole, granted).key
        for granted in (
            Rights(),
            Rights(see_persons=True),
            rights(file, "Buyers in the north"),
            rights(file, "The south"),
            rights(file, "Buyers in the north", "The south"),
        )
    ]
    assert len(set(keys)) == 5 and keys[0] == whole.name
    assert seen(whole, rights(file, "The south", "Buyers in the north")).key == keys[4]
    assert seen(whole, rights(file, "Everything")).key == keys[1] != viewed(whole, Rights()).key != keys[0]


@pytest.mark.parametrize(
    ("email", "groups", "expected"),
    [
        ("north@shop.example", (), 1),
        ("NORTH@shop.example", (), 1),
        ("a@south.shop.example", (), 1),
        ("a@south.shop.example.evil.example", (), 0),
        (None, ("south",), 1),
        (None, ("South",), 0),
        ("stranger@shop.example", (), 0),
        (None, (), 0),
        ("lead@shop.example", ("south",), 2),
    ],
)
def test_who_is_in_no_group_sees_nothing(shop, file, tmp_path, email, groups, expected):
    found = look(Identity(email, groups), True, tmp_path / "rights.toml", file)
    assert len(found.rights.grants) == expected
    assert found.administer is (email == "lead@shop.example")
    if not expected:
        with pytest.raises(NothingGranted):
            seen(shop.store.generation(), found.rights)


def test_without_a_file_the_person_at_this_machine_sees_everything_and_the_older_file_goes_on_as_before(tmp_path):
    none, older = tmp_path / "access.toml", tmp_path / "rights.toml"
    here = look(Identity(here=True), False, older, none)
    assert here.name == HERE and here.rights == Rights(see_persons=True) and here.administer
    other = look(Identity(), False, older, none)
    assert other.rights == Rights() and not other.administer
    older.write_text('[rights]\nsee_persons = ["lead@shop.example"]\nadminister = ["lead@shop.example"]')
    assert look(Identity("lead@shop.example"), False, older, none).rights.see_persons
    assert look(Identity("lead@shop.example"), False, older, none).administer
    assert not look(Identity(here=True), False, older, none).rights.see_persons
    none.write_text("")  # access.toml decides alone: nobody is in a group
    for who in (Identity("lead@shop.example"), Identity(here=True), Identity()):
        assert look(who, True, older, none).rights == Rights(grants=()), who


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[group]\n", "cannot be used"),
        ('[[groups]]\nname = "a"', "groups"),
        ("[[group]]\nmembers = []", "a group has a name"),
        ('[[group]]\nname = "a"\nmembers = "x@y.example"', "e-mail addresses"),
        ('[[group]]\nname = "a"\nmembers = ["x"]', "e-mail addresses"),
        ('[[group]]\nname = "a"\nstages = "Buy"', "stages is a list of texts"),
        ('[[group]]\nname = "a"\nstages = [1]', "stages is a list of texts"),
        ('[[group]]\nname = "a"\nstage = ["Buy"]', "stage"),
        ('[[group]]\nname = "a"\nexports = "yes"', "exports is true or false"),
        ('[[group]]\nname = "a"\nexports = 1', "exports is true or false"),
        ('[[group]]\nname = "a"\nviews = ["overwiev"]', "no such page"),
        ('[[group]]\nname = "a"\n[[group]]\nname = "a"', "same name"),
        ("[signin]\nhours = true", "hours is a number"),
        ("[signin]\nhours = -1", "hours is a number"),
        ('[signin]\ndomains = "shop.example"', "domains is a list of texts"),
        ("group = 5", "[[group]]"),
        ("signin = 5", "[signin]"),
    ],
)
def test_a_file_that_cannot_be_used_gives_nobody_anything_and_says_why(tmp_path, text, said):
    (tmp_path / "access.toml").write_text(text)
    found = look(Identity("lead@shop.example", here=True), True, tmp_path / "rights.toml", tmp_path / "access.toml")
    assert found.rights == Rights(grants=()) and not found.administer and said in found.why


def test_an_empty_list_holds_nothing_and_everybody_is_a_star(shop, tmp_path):
    (tmp_path / "access.toml").write_text(
        dedent("""
        [[group]]
        name = "all"
        members = ["*"]
        regions = []
        """)
    )
    older, access = tmp_path / "none.toml", tmp_path / "access.toml"
    found = look(Identity("x@y.example"), False, older, access)
    assert found.rights == Rights(grants=(Grant(regions=()),))
    assert look(Identity(signed_in=True), False, older, access).rights == found.rights, (
        "without a confirmed address, too"
    )
    stranger = look(Identity(), False, older, access)
    assert stranger.rights == Rights(grants=()) and "you have not" in stranger.why, "to reach the app is not to come in"
    assert set(counted(shop, found.rights, by=()).values()) == {0}


def test_the_command_line_answers_as_a_group_where_asked_to(shop, file, monkeypatch, capsys, tmp_path):
    """Who can read the store has it; `--as-group` shows what others see, by option or by environment."""
    monkeypatch.setenv("THROUGHLINE_ACCESS", str(file))
    store = ["--store", str(shop.folder / "store"), "--all"]
    asked = ["show", "completion_rate", "--by", "stage", "--format", "json", *store]

    def said() -> dict:
        return {line["by"]["stage"]: line["n"] for line in json.loads(capsys.readouterr().out)}

    assert show(asked) == 0 and said() == {"Find": 48, "Buy": 48}
    assert show([*asked, "--as-group", "Buyers in the north"]) == 0 and said() == {"Buy": 32}
    monkeypatch.setenv("THROUGHLINE_AS_GROUP", "The south, Buyers in the north")
    assert show(asked) == 0 and said() == {"Find": 16, "Buy": 48}
    assert exports(["table", "completion_rate", *store, "--as-group", "Buyers in the north"]) == 2
    assert "files are made only" in capsys.readouterr().err
    assert exports(["table", "completion_rate", *store]) == 0 and ",48," not in capsys.readouterr().out
    assert show([*asked, "--as-group", "Nobody"]) == 2 and "no such group" in capsys.readouterr().err


def test_the_library_answers_as_a_viewer(shop, file):
    """By address and access.toml, or by rights; without a viewer everything."""
    store = shop.folder / "store"

    def numbers(**viewer) -> dict:
        frame = metrics.open(store, **viewer).show("completion_rate", by="stage", all_data=True)
        return dict(zip(frame["stage"], frame["n"]))

    assert numbers() == {"Find": 48, "Buy": 48}
    assert numbers(viewer="north@shop.example", access=file) == {"Buy": 32}
    assert numbers(viewer=Rights(grants=(Grant(regions=("South",)),))) == {"Find": 16, "Buy": 16}
    with pytest.raises(NothingGranted):
        metrics.open(store, viewer="stranger@elsewhere.example", access=file)
