"""The words chosen beside scores, each at its place on every known scale that holds all of a question's words."""

import re
from collections import defaultdict
from typing import Any

import duckdb
import pyarrow as pa

from data.values.scales import MOST, scales, tidy

FOUND = """select distinct source, survey, coalesce(question_id, ''), choice from src_survey_answers
    where score is not null and metric is not null and choice is not null and survey is not null and length(choice) <= 80 limit 100000"""
NAMES = ("source", "survey", "question_id", "choice", "scale", "place")


def write_label_places(con: duckdb.DuckDBPyConnection) -> None:
    """Create the table label_places: one row a source, survey, question, choice and scale, with its place from 0 (the lowest)."""
    asked: dict[tuple[Any, ...], dict[str, str]] = defaultdict(dict)
    for *question, choice in con.execute(FOUND).fetchall():
        asked[tuple(question)][choice] = re.sub(r"^\d+\W+", "", tidy(choice))  # 1 - Very satisfied: the word
    rows = [
        (*question, choice, scale, place)
        for question, labels in asked.items()
        if 2 <= len(labels) <= MOST
        for scale, places in _fitting(set(labels.values()))
        for choice, label in labels.items()
        if (place := places.get(label)) is not None
    ]
    kinds = [pa.string()] * 5 + [pa.int64()]
    con.register(
        "_label_places",
        pa.table(
            [pa.array(column, kind) for column, kind in zip(zip(*rows) if rows else [[]] * 6, kinds)], names=list(NAMES)
        ),
    )
    con.execute("create or replace temp table label_places as select * from _label_places")
    con.unregister("_label_places")


def _fitting(labels: set[str]) -> list[tuple[str, dict[str, int]]]:
    """(scale and language, label → place) of each scale that has all the labels, said of nothing apart."""
    labels = labels - scales()[1]
    return [
        (f"{scale.name} {language}", places)
        for scale in scales()[0]
        for language, places in scale.places.items()
        if labels and labels <= set(places)
    ]
