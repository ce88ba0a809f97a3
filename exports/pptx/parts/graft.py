"""Charts and tables of a slide made anew in their old frames, which stay where people put them."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from pptx.oxml.ns import qn

from exports.pptx.parts.provenance import digest

RELATION = qn("r:id")


def drawn(shapes: dict[int, Any], anew: dict[int, Any], entry: dict[str, Any], made: dict[str, Any]) -> list[str]:
    """Each frame that was drawn gets the data of its fellow drawn now; names of what was left as it is. `entry` is brought up to date."""
    old, new = entry["drawn"], made["drawn"]
    if [one["kind"] for one in old] != [one["kind"] for one in new[: len(old)]]:  # later versions may draw more below
        return ["drawn"]
    left = []
    for was, now in zip(old, new):
        shape, fresh = shapes.get(was["id"]), anew[now["id"]]
        if shape is None:
            continue
        if was["kind"] == "chart" and shape.has_chart:
            left += _chart(shape, fresh, was)
        elif was["kind"] == "table" and shape.has_table:
            left += _table(shape, fresh, was)
        elif was["kind"] == "text" and shape.has_text_frame and shape.text_frame.text == was["digest"]:
            body = shape.text_frame.paragraphs[0].runs
            if body:
                body[0].text = fresh.text_frame.text
            was["digest"] = fresh.text_frame.text
    return left


def kind_of(shape: Any) -> dict[str, Any]:
    """A drawn shape for the record: its id, what it is, and a digest of it as made."""
    if shape.has_chart:
        return {"id": shape.shape_id, "kind": "chart", "digest": digest(shape.chart.part._element)}
    if shape.has_table:
        return {"id": shape.shape_id, "kind": "table", "digest": digest(shape.table._tbl)}
    text = shape.text_frame.text if shape.has_text_frame else ""
    return {"id": shape.shape_id, "kind": "text", "digest": text}


def _chart(shape: Any, fresh: Any, was: dict[str, Any]) -> list[str]:
    """A chart as made is made anew; one whose look people changed keeps the look and gets the data, where its lines are the same."""
    part, other = shape.chart.part, fresh.chart.part
    as_made = digest(part._element) == was["digest"]
    if not as_made and not _same_lines(part._element, other._element):
        return ["chart"]
    part.chart_workbook.xlsx_part._blob = other.chart_workbook.xlsx_part.blob
    if as_made:
        space = deepcopy(other._element)
        space.find(qn("c:externalData")).set(RELATION, part._element.find(qn("c:externalData")).get(RELATION))
        part._element = space
        was["digest"] = digest(space)
    else:
        _data(part._element, other._element)
    frame = shape._element.nvGraphicFramePr.cNvPr
    frame.set("descr", fresh._element.nvGraphicFramePr.cNvPr.get("descr") or "")
    return []


def _series(space: Any) -> list[Any]:
    return list(space.iter(qn("c:ser")))


def _name(series: Any) -> str:
    return "".join(series.find(qn("c:tx")).itertext()).strip() if series.find(qn("c:tx")) is not None else ""


def _same_lines(space: Any, other: Any) -> bool:
    return [_name(one) for one in _series(space)] == [_name(one) for one in _series(other)]


def _data(space: Any, other: Any) -> None:
    """Names, values, categories and interval ends of each series from the other chart."""
    for old, new in zip(_series(space), _series(other)):
        for name in ("c:tx", "c:cat", "c:val"):
            _swap(old, new, name)
        for bars, fresh in zip(old.findall(qn("c:errBars")), new.findall(qn("c:errBars"))):
            for name in ("c:plus", "c:minus"):
                _swap(bars, fresh, name)


def _swap(old: Any, new: Any, name: str) -> None:
    here, there = old.find(qn(name)), new.find(qn(name))
    if here is not None and there is not None:
        old.replace(here, deepcopy(there))


def _table(shape: Any, fresh: Any, was: dict[str, Any]) -> list[str]:
    """A table as made is made anew; one that people changed stays."""
    table = shape.table._tbl
    if digest(table) != was["digest"]:
        return ["table"]
    anew = deepcopy(fresh.table._tbl)
    table.getparent().replace(table, anew)
    was["digest"] = digest(anew)
    return []
