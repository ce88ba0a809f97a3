"""The catalogue: a definition that is not whole is refused, and every one that is there can be asked of any store."""

import json

import pytest

from data.errors import UserError
from metrics.catalogue.dimensions import DIMENSIONS
from metrics.catalogue.load import FOLDER, catalogue, load
from metrics.compute.run import run
from metrics.query.query import Query
from report.words.reasons import reason_text

WHOLE = (FOLDER / "completion_rate.toml").read_text(encoding="utf-8")
REQUIRED = (
    "id",
    "label",
    "lens",
    "side",
    "unit",
    "better",
    "population",
    "grain",
    "sentence",
    "formula",
    "interval",
    "estimand",
    "source",
    "precise",
    "matters",
)


def refusal(tmp_path, text: str, name: str = "completion_rate.toml") -> str:
    """What load says of a definition."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        load(tmp_path / name)
    assert name in str(error.value)
    return str(error.value)


@pytest.mark.parametrize("key", REQUIRED)
def test_a_missing_key_is_named(tmp_path, key):
    """Each key a definition must carry, left out."""
    text = "\n".join(line for line in WHOLE.splitlines() if not line.startswith(f"{key} ="))
    assert f"{key} is missing" in refusal(tmp_path, text)


def test_an_unknown_key_is_named_with_the_nearest(tmp_path):
    """A misspelt key is not ignored, at the top or in [measure]."""
    assert (
        "unknown key 'sentense'" in (text := refusal(tmp_path, WHOLE.replace("sentence =", "sentense =")))
        and "'sentence'" in text
    )
    assert (
        "unknown key 'vallue'" in (text := refusal(tmp_path, WHOLE.replace("\nvalue =", "\nvallue =")))
        and "[measure]" in text
    )


def test_the_id_is_the_files_name(tmp_path):
    """So that a metric is found where it is looked for."""
    text = refusal(tmp_path, WHOLE, "completion.toml")
    for words in ("the id is not the file's name", "Found: completion_rate", "Allowed: completion"):
        assert words in text


@pytest.mark.parametrize(
    ("key", "allowed"),
    [
        ("lens", "interaction, service, emotion, loyalty, value"),
        ("better", "higher, lower"),
        ("unit", "rate, points"),
        ("side", "ux, cx, both"),
    ],
)
def test_a_word_nobody_knows_is_refused(tmp_path, key, allowed):
    """With the words that are known."""
    text = "\n".join(f'{key} = "sideways"' if line.startswith(f"{key} =") else line for line in WHOLE.splitlines())
    assert f"unknown {key}" in (said := refusal(tmp_path, text)) and allowed in said and "sideways" in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('kind = "share"', 'kind = "guess"', "unknown kind of measure"),
        ('fact = "people_visits"', "", "fact is missing"),
        ('fact = "people_visits"', 'fact = "visit"', "unknown fact"),
        ("precise = 0.05", 'precise = "narrow"', "precise"),
        ('needs = ["visits"]', 'needs = "visits"', "needs"),
        ("[measure]", "[measure", "not valid TOML"),
    ],
)
def test_a_measure_that_cannot_be_counted_is_refused(tmp_path, old, new, says):
    """Kind, fact and types are checked when loaded, not when asked."""
    assert old in WHOLE
    assert says in refusal(tmp_path, WHOLE.replace(old, new))


SLIPS = [
    ("precise = 0.05", "precise = 0", "precise is not above 0"),
    ("matters = 0.02", "matters = -1", "matters is not above 0"),
    ("in the same visit.", "in the same visit", "does not end with a full stop"),
    ('source = "Task', 'source = "" #', "source is empty"),
    ("version = 1", "version = 1.5", "version is not a whole number"),
    ('heart = "T"', 'heart = "X"', "unknown heart"),
    ('better = "higher"', 'better = "higher"\nscope = "page"', "unknown scope"),
    ('label = "Completion rate"', "label = 3", "label is of another type"),
    ('needs = ["visits"]', 'needs = ["visits"]\nrequires = ["stag"]', "Did you mean 'stage'"),
    ('needs = ["visits"]', 'needs = ["visits"]\nvote = "f.person_id"', "a vote and the order"),
    ('needs = ["visits"]', 'needs = ["visits"]\nsurvey = "yes"', "survey is of another type"),
    ('needs = ["visits"]', 'needs = ["visits"]\nunits = "contact_rates"', "Did you mean 'contact_rate'"),
    ('\nkind = "share"', '\nkind = "quantile"', "a percentile needs its quantile"),
    ('\nkind = "share"', '\nkind = "pair"', "which number of the pair"),
    ("case when f.goal_reached then 1 else 0 end", "case when f.goal_reached then 1 else 0", "not an SQL expression"),
    ('where = "f.has_goal"', 'where = "true); drop table visits; select (true"', "more than one SQL expression"),
    ('tool = "GA4"', 'tol = "GA4"', "unknown key 'tol'"),
    ('tool = "GA4"', 'tool = ""', "tool is missing"),
    ('kind = "share_iid"', 'kind = "guess"', "unknown kind"),
    ('measure = { kind = "share_iid"', 'measure = { knd = "share_iid"', "unknown key 'knd'"),
]


@pytest.mark.parametrize(("old", "new", "says"), SLIPS)
def test_every_slip_is_one_sentence(tmp_path, old, new, says):
    """Field by field, with the file, what was found and what is allowed."""
    assert old in WHOLE
    assert says in refusal(tmp_path, WHOLE.replace(old, new, 1))


OWN = (
    WHOLE.replace('id = "completion_rate"', 'id = "left_at_once"')
    .replace('label = "Completion rate"', 'label = "Left at once"')
    .replace("case when f.goal_reached then 1 else 0 end", "case when f.events = 1 then 1 else 0 end")
)


def test_one_file_adds_a_metric(tmp_path, monkeypatch, cli, company):
    """A folder with one definition: listed, and asked. Six visits of one event and four of two: 60 %."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "left_at_once.toml").write_text(OWN, encoding="utf-8")
    journey = '[[journey]]\nname = "J"\n[[journey.stage]]\nname = "Buy"\npaths = ["/cart"]\ngoal = "event:purchase"\n'
    rows = ["occurred_at  customer_id  url"] + [f"2026-03-02T10:00  k{n}  /cart" for n in range(10)]
    built = company(journey=journey, web_events="\n".join(rows + [f"2026-03-02T10:01  k{n}  /cart" for n in range(4)]))
    monkeypatch.setenv("THROUGHLINE_METRICS", str(tmp_path / "own"))
    assert "left_at_once" in cli("metrics", "list").stdout
    (cell,) = json.loads(cli("metrics", "show", "left_at_once", "--store", built.store.path, "--format", "json").stdout)
    assert (cell["value"], cell["n"], cell["state"]) == (0.6, 10, "few")
    (tmp_path / "own" / "left_at_once.toml").rename(tmp_path / "own" / "left.toml")
    done = cli("metrics", "list")
    assert done.returncode == 2 and "the id is not the file's name" in done.stderr


@pytest.fixture(scope="module")
def nearly_empty(module_company):
    """One event, one answer, one ticket, one order, in no relation to each other."""
    return module_company(
        web_events="occurred_at  url\n2026-03-02  /cart",
        survey_answers="survey  score\ns  9",
        support_tickets="created_at\n2026-03-02",
        orders="ordered_at\n2026-03-02",
    )


@pytest.mark.parametrize("metric", catalogue())
def test_every_definition_is_planned_and_run(nearly_empty, metric):
    """As a whole, by every dimension there is, filtered by each, and compared: a state each time, never an error."""
    generation = nearly_empty.store.generation()
    for name in [None, *DIMENSIONS, "answer:q"]:
        by, filters = (
            ((name,), ((name, "2026-03-02" if name in ("day", "week", "month") else "x"),)) if name else ((), ())
        )
        for query in (
            Query((metric,), by=by),
            Query((metric,), filters=filters),
            Query((metric,), by=by, compare="previous"),
        ):
            found = run(query, generation)
            assert all(cell.value is None and reason_text(cell.reason) for cell in found.cells)
            assert found.cells or by


def test_every_metric_is_documented_in_one_sentence_and_has_its_own_id():
    """What an executive reads ends in a full stop; the id is a file of that name."""
    for metric, definition in catalogue().items():
        assert (FOLDER / f"{metric}.toml").is_file()
        assert definition.sentence.endswith(".")
        assert definition.precise > 0 and definition.matters > 0
