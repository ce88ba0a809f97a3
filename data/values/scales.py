"""Scores in words: a number with its label, stars, or the words of a known scale (data/values/scales.toml)."""

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

MOST = 60  # different words; more are no scale
NUMBER = re.compile(r"\s*(-?\d{1,3}(?:[.,]\d+)?)(?:\s*[-–—:=.,;)(/|•·]+\s*(?!\d)|\s+(?!\d))\S*[^\W\d_].*", re.S)
OF = re.compile(r"\s*(\d{1,3})\s*(?:/|of|out of|von|sur|de|van|van de|su|em)\s*(\d{1,3})\b.*", re.S | re.I)
BEHIND = re.compile(r"[^\d]*[^\W\d_][^\d]*[\s(\[:=–-](\d{1,2})\s*[)\]]?\s*")
PERCENT = re.compile(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*")
STARS = re.compile(r"([★⭐✭]\ufe0f?)+[☆✩]*")


@dataclass(frozen=True)
class Scale:
    """`places`: language → word → its place from 0. `points`: how many places."""

    name: str
    points: int
    places: dict[str, dict[str, int]]


def tidy(text: str) -> str:
    """A label as it is looked up: lower case, without accents, quotes, a full stop, or another gender's ending behind it."""
    text = unicodedata.normalize("NFKD", text.casefold().replace("’", "'"))
    text = "".join(letter for letter in text if not unicodedata.combining(letter)).replace("\ufe0f", "")
    text = re.sub(r"(?<=\w)(\((?:e|a|o|ne|s)\)|[/·.](?:e|a|o|ne|in)(?=\s|$))", "", text)
    return re.sub(r"\s+", " ", text).strip(" \"'.!„“”«»")


@cache
def scales() -> tuple[tuple[Scale, ...], frozenset[str]]:
    """The known scales, and the words said instead of an answer."""
    spec = tomllib.loads(Path(__file__).with_name("scales.toml").read_text(encoding="utf-8"))
    made = []
    for entry in spec["scale"]:
        steps = {language: steps for language, steps in entry.items() if language != "name"}
        places = {
            language: {tidy(word): place for place, step in enumerate(words) for word in _spelt(step)}
            for language, words in steps.items()
        }
        made.append(Scale(entry["name"], len(next(iter(steps.values()))), places))
    return tuple(made), frozenset(tidy(word) for word in spec["none"]["words"])


@cache
def unanswered() -> list[str]:
    """The same words as people type them: in lower case, with and without accents."""
    spec = tomllib.loads(Path(__file__).with_name("scales.toml").read_text(encoding="utf-8"))
    return sorted({form for word in spec["none"]["words"] for form in (word.lower(), tidy(word))})


def _spelt(step: str) -> list[str]:
    """muy satisfech(o|a)|… → every spelling."""
    found = []
    for word in re.split(r"\|(?![^(]*\))", step):
        parts = [
            part.strip("()").split("|") if part.startswith("(") else [part]
            for part in re.split(r"(\([^)]*\|[^)]*\))", word)
        ]
        found += ["".join(chosen) for chosen in product(*parts)]
    return found


def number_of(text: str, top: float | None) -> float | None:
    """The number a label begins or ends with, stars counted; None where there is none or another is meant."""
    text = unicodedata.normalize("NFC", text)
    if STARS.fullmatch(text.strip()):
        return sum(text.count(star) for star in "★⭐✭")
    if match := PERCENT.fullmatch(text):
        return float(match[1].replace(",", ".")) if top in (None, 100) else None
    if match := OF.fullmatch(text):
        return float(match[1]) if top is None or float(match[2]) == top else None
    match = NUMBER.fullmatch(text) or BEHIND.fullmatch(text)
    return float(match[1].replace(",", ".")) if match else None


def places_of(labels: set[str], points: int | None) -> tuple[dict[str, int] | None, int | None, list[str]]:
    """(label → place, points, names of the scales it could be): None where no scale holds all of them, or several that differ do."""
    fitting = []
    for scale in scales()[0]:
        found, ambiguous = {}, False
        for label in labels:
            at = {places[label] for places in scale.places.values() if label in places}
            ambiguous |= len(at) != 1
            if at:
                found[label] = min(at)
        # two words of one language in one place: it is a finer scale that they stand on
        doubled = any(
            len({places[label] for label in labels if label in places}) < sum(label in places for label in labels)
            for places in scale.places.values()
        )
        if not ambiguous and not doubled:
            fitting.append((scale, found))
    if points:
        fitting = [(scale, found) for scale, found in fitting if scale.points == points]
    readings = {(scale.points, tuple(sorted(found.items()))) for scale, found in fitting}
    names = [scale.name for scale, _ in fitting]
    return (fitting[0][1], fitting[0][0].points, names) if len(readings) == 1 else (None, None, names)


def with_numbers(con: duckdb.DuckDBPyConnection, relation: str, nulls: tuple[str, ...]) -> tuple[str, str | None]:
    """(relation, question): the batch with the labels of its column score as numbers. A scale told by its words alone counts from 1
    (yes and no from 0) and is written beside them; where higher is worse the lowest number is the best word."""
    types = {row[0]: row[1] for row in con.execute(f"describe {relation}").fetchall()}
    if types.get("score") != "VARCHAR":
        return relation, None
    keys = {
        name: f"cast({name} as varchar)" if name in types else "null::varchar"
        for name in ("question_id", "scale_min", "scale_max", "metric", "higher_is_better")
    }
    meant = "_kind is null" if "_kind" in types else "true"  # what where leaves out says nothing of the scale
    odd = con.execute(
        f"""select distinct {", ".join(keys.values())}, trim(score) from {relation}
        where {meant} and trim(score) <> '' and not list_contains($nulls, trim(score)) and try_cast(score as double) is null
          and not regexp_full_match(trim(score), '[-+]?[\\d.,\\s'']+') limit 100000""",
        {"nulls": list(nulls)},
    ).fetchall()
    if not odd:
        return relation, None
    # a word among plain numbers is a slip or the label of one end, not a scale in words
    plain = {
        row[:-1]
        for row in con.execute(
            f"select distinct {', '.join(keys.values())}, 1 from {relation} where {meant} and try_cast(score as double) is not null"
        ).fetchall()
    }
    groups: dict[tuple[Any, ...], set[str]] = {}
    for *key, text in odd:
        groups.setdefault(tuple(key), set()).add(text)
    rows, questions = [], []
    for asked, texts in groups.items():
        found, question = _group(asked, texts, asked in plain)
        rows += [(*asked, *row) for row in found]
        questions += [question] if question else []
    return (_joined(con, relation, types, keys, rows) if rows else relation), questions[0] if questions else None


def _group(key: tuple[Any, ...], texts: set[str], numbers: bool) -> tuple[list[tuple[Any, ...]], str | None]:
    """Rows (text, number or None, lowest, highest) of one question's labels, and what is to be asked."""
    _, low, high, metric, better = key
    low, high = _number(low, 0.0 if metric == "nps" else None), _number(high, 10.0 if metric == "nps" else None)
    rows: list[tuple[Any, ...]] = [
        (text, str(number), low, high) for text in texts if (number := number_of(text, high)) is not None
    ]
    labels = {text: tidy(text) for text in texts - {row[0] for row in rows}}
    rows += [(text, None, low, high) for text, label in labels.items() if label in scales()[1]]
    labels = {text: label for text, label in labels.items() if label not in scales()[1]}
    if not labels or numbers or len(labels) > MOST:
        return rows, None
    points = int(high - low) + 1 if low is not None and high is not None and high - low == int(high - low) else None
    places, count, names = places_of(set(labels.values()), points)
    if places is None:
        shown = ", ".join(sorted(labels)[:5])
        if not names:
            return rows, None  # no known words: the values are refused one by one
        return (
            rows,
            f"the words {shown} stand on several scales ({', '.join(names)}); state scale_min and scale_max, or each word's number: values = {{ score = {{ … }} }}",
        )
    low = low if low is not None else (0.0 if count == 2 else 1.0)
    high = high if high is not None else low + (count or 1) - 1
    turned = better is not None and better.lower() in ("false", "0", "no")
    return rows + [
        (text, str(high - places[label] if turned else low + places[label]), low, high)
        for text, label in labels.items()
    ], None


def _number(text: str | None, otherwise: float | None) -> float | None:
    try:
        return float(text.replace(",", ".")) if text else otherwise
    except ValueError:
        return otherwise


def _joined(
    con: duckdb.DuckDBPyConnection,
    relation: str,
    types: dict[str, str],
    keys: dict[str, str],
    rows: list[tuple[Any, ...]],
) -> str:
    names = [*(f"k_{name}" for name in keys), "k_text", "k_number", "k_low", "k_high"]
    kinds = [pa.string()] * (len(keys) + 2) + [pa.float64()] * 2
    con.register("_labels", pa.table([pa.array(column, kind) for column, kind in zip(zip(*rows), kinds)], names=names))
    con.execute("create or replace temp table _score_labels as select * from _labels")
    con.unregister("_labels")
    same = " and ".join(
        f"k_{name} is not distinct from {text.replace(name, 'b.' + name)}" for name, text in keys.items()
    )
    more = {
        "scale_min": "k_low",
        "scale_max": "k_high",
        "choice": "case when k_number is not null then trim(b.score) end",
    }
    replaced = ["case when k_text is null then b.score else k_number end as score"]
    replaced += [
        f"coalesce(cast(b.{name} as varchar), cast({value} as varchar)) as {name}"
        for name, value in more.items()
        if name in types and name != "choice"
    ]
    added = "".join(f", cast({value} as varchar) as {name}" for name, value in more.items() if name not in types)
    con.execute(f"""create or replace temp table _scored as select b.* replace ({", ".join(replaced)}){added}
        from {relation} b left join _score_labels on k_text = trim(b.score) and {same}""")
    return "_scored"
