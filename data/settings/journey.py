"""journey.toml: journeys, stages and their rules, surveys, promises, targets."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from data.contract import contract
from data.errors import Problems, UserError, check_keys
from data.settings.lines import targets_of, weights_of
from data.settings.promises import Evidence, read_evidence
from data.settings.sources import blocks, load_toml
from data.settings.splits import Split, read_split

T = TypeVar("T")
DEFAULT_FILE = Path(__file__).parents[1] / "journey.toml"
STAGE_KEYS = ("name", "owner", "paths", "events", "tickets", "surveys", "goal", "targets", "weights", "outcome")
SURVEY_KEYS = ("name", "kind", "trigger", "incentive")
PROMISE_KEYS = ("name", "stage", "evidence", "felt")
GOAL_KINDS = ("event", "path", "order")
# Where shops keep their help, where the company does not say: below the root, a language or Shopify's /pages, under the names it goes by,
# and on hosts named so. Of help desks' own addresses (/hc, /support) the articles, not the forms that write a request.
HELP_PATHS = (
    r"re:(?i)^(/[a-z]{2}([-_][a-z]{2})?)?(/pages)?/(help|help-?cent(er|re)|faqs?|knowledge-?base|kb|customer-(service|care)|hilfe|hilfe-?center|kundenservice|aide|ayuda|ajuda|aiuto|klantenservice)([/?.].*)?$",
    r"re:(?i)^(/[a-z]{2}([-_][a-z]{2})?)?/hc(/[^/?]+)?(/(articles|sections|categories|search)([/?].*)?)?([?].*)?$",
    r"re:(?i)^(/[a-z]{2}([-_][a-z]{2})?)?/support(/(home|solutions|articles|faqs?|help)([/?].*)?)?([?].*)?$",
    r"re:(?i)//(help|faq|hilfe|kb)\.",
)
OUTCOMES = (
    "csat",
    "ces",
    "nps",
)  # what may decide who is unhappy, and the order in which it does where nothing is said


@dataclass(frozen=True)
class Stage:
    journey: str
    name: str
    position: int  # 1, 2, 3 … from left to right
    owner: str | None = None
    paths: tuple[str, ...] = ()
    events: tuple[str, ...] = ()
    tickets: tuple[str, ...] = ()
    surveys: tuple[str, ...] = ()
    goals: tuple[tuple[str, str], ...] = ()  # (event | path | order, pattern)
    targets: dict[str, dict[str, float]] = field(default_factory=dict)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)
    outcome: str | None = None  # the metric that decides who is unhappy in the stage


@dataclass(frozen=True)
class Survey:
    name: str
    kind: str | None = None
    trigger: str | None = None
    incentive: bool | None = None


@dataclass(frozen=True)
class Promise:
    name: str
    stage: str
    evidence: str
    felt: str = ""
    rules: tuple[Evidence, ...] = ()  # none: a promise in words only


@dataclass(frozen=True)
class Journeys:
    mission: str
    stages: tuple[Stage, ...]
    surveys: tuple[Survey, ...]
    promises: tuple[Promise, ...]
    file: Path
    outcomes: dict[str, str] = field(
        default_factory=dict
    )  # journey → the metric that decides who is unhappy with the relationship
    help_paths: tuple[str, ...] = ()  # regular expressions of the addresses of help pages
    ends: dict[str, str] = field(
        default_factory=dict
    )  # journey → the stage whose goal is the journey's, where it says so
    splits: tuple[Split, ...] = ()  # of experiments that were not meant to divide people evenly

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(stage.journey for stage in self.stages))

    def goal_of(self, journey: str) -> str | None:
        """The stage whose goal is the journey's: the one it names, else its last with a goal; None where no stage has one."""
        own = [stage.name for stage in self.stages if stage.journey == journey and stage.goals]
        return self.ends.get(journey) or (own[-1] if own else None)


def load_journeys(file: Path | None = None) -> Journeys:
    """Read and check journey.toml (the default five stages without one)."""
    file = file or DEFAULT_FILE
    spec = load_toml(file)
    problems = Problems()
    problems.of(
        check_keys,
        spec,
        ("mission", "help_paths", "journey", "survey", "promise", "experiment"),
        file=file,
        where="top level",
    )
    journeys = problems.of(blocks, spec, "journey", "[[journey]]", file) or []
    read = [(journey, problems.of(_stages, journey, file)) for journey in journeys]
    stages = [stage for _, found in read for stage in found or []]
    problems.of(_once, [journey["name"] for journey, found in read if found is not None], "[[journey]]", file)
    if not stages and not problems.found:
        problems.found.append(
            UserError("no [[journey]] with a [[journey.stage]]", file=file, fix="Add at least one stage")
        )
    surveys = _each(problems, spec, "survey", _survey, file)
    problems.of(_once, [survey.name for survey in surveys], "[[survey]]", file)
    names = [str(block.get("name")) for journey in journeys for block in _blocks_of(journey)]
    promises = _each(problems, spec, "promise", lambda block, file: _promise(block, names, file), file)
    splits = _each(problems, spec, "experiment", read_split, file)
    problems.of(_once, [split.experiment for split in splits], "[[experiment]]", file)
    outcomes = {
        journey["name"]: found
        for journey in journeys
        if (found := problems.of(_outcome, journey, file, "[[journey]]")) and "name" in journey
    }
    problems.of(_check_mission, spec, file)
    helps = problems.of(_helps, spec, file) or ()
    ends = {} if problems.found else problems.of(_ends, journeys, stages, file) or {}
    problems.end()
    return Journeys(spec.get("mission", ""), tuple(stages), surveys, promises, file, outcomes, helps, ends, splits)


def _each(
    problems: Problems, spec: dict[str, Any], key: str, read: Callable[[dict[str, Any], Path], T], file: Path
) -> tuple[T, ...]:
    """Every block of a kind that can be read; the others are among the problems."""
    found = [problems.of(read, block, file) for block in problems.of(blocks, spec, key, f"[[{key}]]", file) or []]
    return tuple(one for one in found if one is not None)


def _blocks_of(journey: dict[str, Any]) -> list[dict[str, Any]]:
    found = journey.get("stage", [])
    return [block for block in found if isinstance(block, dict)] if isinstance(found, list) else []


def _check_mission(spec: dict[str, Any], file: Path) -> None:
    if not isinstance(spec.get("mission", ""), str):
        raise UserError(
            "the mission is a sentence", file=file, where="mission", found=repr(spec["mission"]), allowed="a text"
        )


def _helps(spec: dict[str, Any], file: Path) -> tuple[str, ...]:
    return tuple(
        pattern_to_regex(pattern, file=file, where="help_paths")
        for pattern in _words(spec.get("help_paths", list(HELP_PATHS)), file, "help_paths")
    )


def _outcome(spec: dict[str, Any], file: Path, where: str) -> str | None:
    found = spec.get("outcome")
    if found is not None and found not in OUTCOMES:
        raise UserError(
            "unknown outcome", file=file, where=f"{where} outcome", found=repr(found), allowed=", ".join(OUTCOMES)
        )
    return found


def _ends(journeys: list[dict[str, Any]], stages: list[Stage], file: Path) -> dict[str, str]:
    """`goal` of each [[journey]]: the name of one of its stages, which needs a goal."""
    found = {journey["name"]: journey["goal"] for journey in journeys if "goal" in journey}
    for journey, named in found.items():
        able = [stage.name for stage in stages if stage.journey == journey and stage.goals]
        if named not in able:
            raise UserError(
                "the goal of a journey is one of its stages with a goal",
                file=file,
                where=f"[[journey]] {journey!r} goal",
                found=repr(named),
                allowed=", ".join(able) or "none of its stages has a goal yet",
            )
    return found


def _once(names: list[str], what: str, file: Path) -> None:
    """Names are compared without letter case where records name them, so they must differ in more than that."""
    seen: set[str] = set()
    for name in names:
        if name.lower() in seen:
            raise UserError(f"two {what} are named {name!r}", file=file, fix="Give each its own name")
        seen.add(name.lower())


def _stages(journey: dict[str, Any], file: Path) -> list[Stage]:
    check_keys(journey, ("name", "stage", "outcome", "goal"), file=file, where="[[journey]]")
    name = journey.get("name")
    if not isinstance(name, str) or not name:
        raise UserError("a [[journey]] has no name", file=file, fix='Add name = "…"')
    problems = Problems()
    read = [
        problems.of(_stage, name, number, block, file)
        for number, block in enumerate(blocks(journey, "stage", "[[journey.stage]]", file), 1)
    ]
    stages = [stage for stage in read if stage]
    problems.of(_once, [stage.name for stage in stages], f"stages of {name!r}", file)
    problems.end()
    return stages


def _stage(journey: str, position: int, spec: dict[str, Any], file: Path) -> Stage:
    where = f"[[journey.stage]] {spec.get('name', position)!r}"
    problems = Problems()
    problems.of(check_keys, spec, STAGE_KEYS, file=file, where=where)
    problems.of(_check_stage, spec, file, where)
    lists = {
        key: problems.of(_words, spec.get(key, []), file, f"{where} {key}") or ()
        for key in ("paths", "events", "tickets", "surveys")
    }
    for pattern in lists["paths"]:
        problems.of(pattern_to_regex, pattern, file=file, where=f"{where} paths")
    goals = problems.of(_goals, spec, file, where) or ()
    targets = problems.of(targets_of, spec.get("targets", {}), file, where) or {}
    weights = problems.of(weights_of, spec.get("weights", {}), file, where) or {}
    outcome = problems.of(_outcome, spec, file, where)
    problems.end()
    return Stage(
        journey,
        spec["name"],
        position,
        spec.get("owner"),
        **lists,
        goals=goals,
        targets=targets,
        weights=weights,
        outcome=outcome,
    )


def _check_stage(spec: dict[str, Any], file: Path, where: str) -> None:
    if not isinstance(spec.get("name"), str) or not spec["name"].strip():
        raise UserError("a stage has no name", file=file, where=where, fix='Add name = "…"')
    if not isinstance(spec.get("owner", ""), str):
        raise UserError(
            "an owner is named in one text",
            file=file,
            where=f"{where} owner",
            found=repr(spec["owner"]),
            allowed="a text",
        )


def _goals(spec: dict[str, Any], file: Path, where: str) -> tuple[tuple[str, str], ...]:
    return tuple(_goal(goal, file, where) for goal in _words(spec.get("goal", []), file, f"{where} goal"))


def _words(value: object, file: Path, where: str) -> tuple[str, ...]:
    words = [value] if isinstance(value, str) else value
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise UserError("expected a list of texts", file=file, where=where, found=repr(value))
    return tuple(words)


def _goal(text: str, file: Path, where: str) -> tuple[str, str]:
    kind, _, pattern = text.partition(":")
    if kind not in GOAL_KINDS or (kind != "order" and not pattern):
        raise UserError(
            "a goal of no known kind",
            file=file,
            where=f"{where} goal",
            found=repr(text),
            allowed="event:NAME, path:PATTERN, order",
        )
    return kind, pattern_to_regex(pattern, file=file, where=f"{where} goal") if kind == "path" else pattern


def _named(spec: dict[str, Any], what: str, file: Path) -> None:
    if not isinstance(spec.get("name"), str) or not spec["name"].strip():
        found = repr(spec["name"]) if "name" in spec else None
        raise UserError(
            f"a {what} has no name", file=file, found=found, allowed="a text" if found else None, fix='Add name = "…"'
        )


def _survey(spec: dict[str, Any], file: Path) -> Survey:
    where = f"[[survey]] {spec.get('name', '')!r}"
    check_keys(spec, SURVEY_KEYS, file=file, where=where)
    _named(spec, "[[survey]]", file)
    for key, column in (("kind", "survey_kind"), ("trigger", "trigger")):
        allowed = contract().allowed[column]
        if key in spec and (not isinstance(spec[key], str) or spec[key] not in allowed):
            raise UserError(f"unknown {key}", file=file, where=where, found=repr(spec[key]), allowed=", ".join(allowed))
    if not isinstance(spec.get("incentive", False), bool):
        raise UserError(
            "incentive is not yes or no", file=file, where=where, found=repr(spec["incentive"]), allowed="true or false"
        )
    return Survey(spec["name"], spec.get("kind"), spec.get("trigger"), spec.get("incentive"))


def _promise(spec: dict[str, Any], known: list[str], file: Path) -> Promise:
    where = f"[[promise]] {spec.get('name', '')!r}"
    check_keys(spec, PROMISE_KEYS, file=file, where=where)
    _named(spec, "[[promise]]", file)
    for key in ("evidence", "felt"):
        if not isinstance(spec.get(key, ""), str):
            raise UserError(f"{key} is a text", file=file, where=where, found=repr(spec[key]))
    if spec.get("stage") not in known:
        raise UserError(
            "a promise names no known stage",
            file=file,
            where=where,
            found=repr(spec.get("stage")),
            allowed=", ".join(known),
        )
    evidence, felt = (str(spec.get(key, "")) for key in ("evidence", "felt"))
    rules = [read_evidence(text, file=file, where=where) for text in (evidence, felt)]
    return Promise(spec.get("name", ""), spec["stage"], evidence, felt, tuple(rule for rule in rules if rule))


@functools.cache
def _fault_of(expression: str) -> str | None:
    """What the engine says against a regular expression."""
    try:
        with duckdb.connect() as con:
            con.execute("select regexp_matches('', $pattern)", {"pattern": expression})
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return None


def pattern_to_regex(pattern: str, *, file: object = None, where: str = "") -> str:
    """A path rule as an anchored RE2 expression: * crosses /, `re:` is taken as written.

    A pattern without `?` ignores the query string; one that does not start with / or * is matched against host and path.
    """
    if pattern.startswith("re:"):
        if fault := _fault_of(pattern[3:]):
            raise UserError(
                f"not a regular expression: {fault}",
                file=file,
                where=where,
                found=repr(pattern),
                allowed="RE2 syntax: no looking ahead or behind, no references back",
            )
        return pattern[3:]
    body = re.escape(pattern).replace(r"\*", ".*").replace(r"\ ", " ")
    host = "" if pattern.startswith(("/", "*")) else "//"
    query = "" if "?" in pattern else r"(\?.*)?"
    return f"^{host}{body}{query}$" if not host else f"{host}{body}{query}$"
