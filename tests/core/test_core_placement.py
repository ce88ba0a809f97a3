"""Which metrics stand where is one table: Python names a metric only where an analysis is about that very metric."""

import ast

import pytest

from data.errors import UserError
from metrics.catalogue.load import catalogue
from report import placement
from tests.core.company import ROOT

# room and file → the ids it may name, and why
ALLOWED = {
    "metrics change_family.py": (
        {
            "completion_rate", "drop_off_rate", "error_rate", "rage_click_rate", "dead_click_rate", "backtrack_rate",
            "search_refinement_rate", "contact_rate", "csat_t2b_5", "ces_7_mean", "nps_transactional", "nps_relationship",
            "conversion_visit",
        },
        "the family that is scanned and corrected for together is part of the statistics",
    ),
    "metrics outcome_matrix.py": ({"smooth_rate", "unhappy_though_smooth"}, "about the pair itself"),
    "metrics lost_time.py": ({"hours_lost"}, "about that metric"),
    "metrics pairs.py": (
        {"unhappy_though_smooth", "satisfied_though_hard", "unhappy_attributable_to_friction"},
        "the three readings of the pair",
    ),
    "metrics nonresponse.py": ({"survey_response_rate"}, "the response rate stands beside every answer"),
    "metrics recording_breaks.py": ({"contact_rate", "conversion", "conversion_visit"}, "what a break of that kind touches"),
    "metrics frictions.py": ({"contact_after_friction", "struggle_time"}, "what follows friction, of which a business case is made"),
    "metrics find.py": (
        {
            "conversion", "contact_rate", "margin_per_person", "nps_relationship", "nps_transactional", "csat_post_contact",
        },
        "of experiments: what everybody exposed did, judged by what matters in these; of drivers, relationship, support and who answers: "
        "the raw scores they are about",
    ),
    "metrics first.py": ({"contact_rate", "conversion"}, "files of metrics/sql whose rows the first visit decides, not the metrics of that name"),
    "metrics norms.py": ({"sus", "seq"}, "published norms of these questionnaires"),
    "report answer_words.py": ({"sus", "seq"}, "what a question is called in the answers, not a definition"),
}  # fmt: skip


def named(path) -> set[str]:
    """The ids of definitions among the texts of a file, docstrings left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and node.body and isinstance(node.body[0], ast.Expr)
    }  # fmt: skip
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said
    } & set(catalogue())


def test_no_module_names_a_metric_that_the_table_could_name():
    found: dict[str, set[str]] = {}
    for room in ("metrics", "report", "charts", "exports", "commands", "ui", "pages"):
        for file in sorted((ROOT / room).rglob("*.py")):
            if ids := named(file):  # several files may have one name
                found[f"{room} {file.name}"] = found.get(f"{room} {file.name}", set()) | ids
    too_many = {file: ids - ALLOWED.get(file, (set(), ""))[0] for file, ids in found.items()}
    assert {file: ids for file, ids in too_many.items() if ids} == {}


def test_every_place_and_role_is_asked_for_and_every_one_asked_for_is_there():
    """Nothing in the table that no view shows, and no view of a place that the table lacks."""
    spec = placement.load_toml(placement.FILE)
    asked = {"shown": set(), "role": set()}
    for room in ("report", "charts", "exports", "commands", "ui", "pages"):
        for file in (ROOT / room).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in asked:
                    if isinstance(node.func.value, ast.Name) and node.func.value.id == "placement":
                        asked[node.func.attr].add(node.args[0].value)
    assert asked == {"shown": set(spec["places"]), "role": set(spec["roles"])}


def test_an_id_no_definition_has_is_refused_with_the_place(tmp_path, monkeypatch):
    file = tmp_path / "placement.toml"
    file.write_text('[roles]\ncompleted = "completion_rate"\n[places]\ntiles = ["completion_rat"]\n', encoding="utf-8")
    monkeypatch.setattr(placement, "FILE", file)
    placement._table.cache_clear()
    try:
        with pytest.raises(UserError, match="tiles: no definition has this id. Found: completion_rat"):
            placement.shown("tiles")
    finally:
        monkeypatch.undo()
        placement._table.cache_clear()
    assert placement.role("completed") == "completion_rate"
