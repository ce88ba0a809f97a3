"""The catalogue in the formats of other semantic layers: what is carried counts the same, what is not is said, and it comes back whole."""

import json

import pytest

from commands.metrics import main
from data.errors import UserError
from metrics.catalogue.load import catalogue, load
from report.semantic import back
from report.semantic.carried import VENDOR, split
from report.semantic.formats import dbt, ossie

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
    [[journey.stage]]
    name = "Care"
    paths = ["/help"]
    goal = "path:/help/done"
"""
SCHEMA = {"name", "source", "fields"}


@pytest.fixture(scope="module")
def shop(module_company):
    """60 people in Buy of whom every second buys and every third meets an error; 30 in Care."""
    events = ["occurred_at  customer_id  event_name  url  device"]
    for n in range(60):
        device = "phone" if n % 4 else "desk"
        events.append(f"2026-03-{2 + n % 20:02d}T10:00  k{n}  page_view  /cart  {device}")
        events += [f"2026-03-{2 + n % 20:02d}T10:01  k{n}  purchase  /cart  {device}"] if n % 2 else []
        events += [f"2026-03-{2 + n % 20:02d}T10:02  k{n}  rage_click  /cart  {device}"] if n % 3 == 0 else []
        events += [f"2026-03-{2 + n % 20:02d}T11:00  k{n}  page_view  /help  {device}"] if n < 30 else []
    return module_company(journey=JOURNEY, web_events="\n".join(events))


def test_what_is_carried_counts_the_same_rows_and_sums(shop):
    """Each expression of the Ossie file, run by DuckDB as another tool runs it, gives the value of `metrics show`; its rows are n."""
    made, left = split()
    assert len(made) >= 12 and len(made) + len(left) == len(catalogue()) and all(left.values())
    model = ossie(made, shop.store.generation())["semantic_model"][0]
    expressions = {one["name"]: one["expression"]["dialects"][0]["expression"] for one in model["metrics"]}
    compared = 0
    for one in made:
        found, fact = one.definition, one.definition.measure.fact
        rows = f"count({one.counted(fact)})"
        text = f"select stage, {expressions[found.id]}, {rows} from {fact} group by stage"
        theirs = {stage: (value, n) for stage, value, n in shop.rows(text)}
        for cell in shop.show(found.id, by="stage" if found.scope == "stage" else ""):
            if cell.valued and "stage" in cell.by:
                value, n = theirs[cell.by["stage"]]
                assert value == pytest.approx(cell.value, rel=1e-12) and n == cell.n, found.id
                compared += 1
    assert compared >= 12


def test_the_files_are_of_the_shape_their_readers_want(shop):
    """Ossie: datasets with fields, metrics with an expression and our extension as a JSON text. dbt: measures named by metrics, one time dimension."""
    made, _ = split()
    whole = ossie(made, shop.store.generation())
    assert whole["version"] == "0.2.0.dev0" and whole["vendors"] == [VENDOR]
    (model,) = whole["semantic_model"]
    assert all(SCHEMA == set(one) and len(one["fields"]) > 1 for one in model["datasets"])
    told = json.loads(model["metrics"][0]["custom_extensions"][0]["data"])
    assert {"interval", "population", "states", "version", "definition"} <= set(told)
    assert told["states"]["suppressed"] == {"fewer_persons_than": 5, "fewer_writers_than": 8}
    layer = dbt(made, shop.store.generation())
    measures = {one["name"] for each in layer["semantic_models"] for one in each["measures"]}
    simple = {one["name"]: one["type_params"]["measure"] for one in layer["metrics"] if one["type"] == "simple"}
    assert set(simple) == set(simple.values()) == measures and not any("__" in name for name in measures)
    for one in layer["metrics"]:
        if one["type"] == "ratio":
            assert {one["type_params"]["numerator"], one["type_params"]["denominator"]} <= set(simple)
    for each in layer["semantic_models"]:
        times = [one["name"] for one in each["dimensions"] if one["type"] == "time"]
        assert times == [each["defaults"]["agg_time_dimension"]] == ["counted_on"]  # day is a word MetricFlow keeps


@pytest.mark.parametrize("style", ["ossie", "dbt"])
def test_a_catalogue_comes_back_as_it_went(shop, tmp_path, style, capsys):
    """Every definition read from what was written is the one it was; a metric of elsewhere is said to lack what it lacks."""
    file, folder = tmp_path / "out.json", tmp_path / "definitions"
    words = ["semantic", "export", "--as", style, "--store", str(shop.store.path), "--out", str(file)]
    assert main(words) == 0 and "cannot be carried" in capsys.readouterr().out
    text = json.loads(file.read_text())
    foreign = {"name": "revenue_growth", "type": "simple", "expression": {"dialects": []}}
    (text["semantic_model"][0]["metrics"] if style == "ossie" else text["metrics"]).append(foreign)
    file.write_text(json.dumps(text))
    assert main(["semantic", "import", str(file), "--out", str(folder)]) == 0
    assert "revenue_growth  came without interval" in capsys.readouterr().out
    files = sorted(folder.glob("*.toml"))
    assert len(files) == len(split()[0]) and all(load(one) == catalogue()[one.stem] for one in files)


def test_a_file_that_is_none_is_said(tmp_path, capsys):
    for name, text in (("a.json", "[1]"), ("b.json", '{"models": []}'), ("c.yaml", "a: [")):
        (tmp_path / name).write_text(text)
        assert main(["semantic", "import", str(tmp_path / name), "--out", str(tmp_path / "d")]) == 2
    assert main(["semantic", "import", "--out", str(tmp_path / "d")]) == 2
    assert "Traceback" not in capsys.readouterr().err and not (tmp_path / "d").exists()
    with pytest.raises(UserError, match="no id of a metric"):
        back.write({"../x": {}}, tmp_path / "d")
