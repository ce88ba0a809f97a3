"""Filtering by what was clicked, and taking a filter off again: both by the widgets that hold the filters, so that the address follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import unquote

import streamlit as st

from metrics.catalogue.dimensions import DIMENSIONS, TIMES
from metrics.query.context import Context
from report import address
from report.text.catalogue import say
from report.words import words
from ui.session import state

KEYS = {dimension: key for key, dimension in address.FILTERS.items()} | {"stage": "s"}


@dataclass(frozen=True)
class Chip:
    """A filter that is set: `key` and `value` are those of its widget, `label` is what it says."""

    key: str
    value: str
    label: str


def can(name: str, value: str | None) -> bool:
    """Whether a value of a dimension can be filtered by: an unknown one cannot, nor can a single day or hour."""
    return bool(value) and name in DIMENSIONS and (name not in TIMES or name in ("week", "month"))


def pairs(name: str, value: str) -> list[tuple[str, object]]:
    """The widgets' values that mean one value of a dimension: of a week or month its days."""
    if name in TIMES:
        start, end = days_of(name, date.fromisoformat(value))
        return [("p", address.DATES), ("from", start), ("to", end)]
    if name in KEYS:
        return [(KEYS[name], [value])]
    return [(address.OTHER, [address.other(name, value)])]


def days_of(unit: str, start: date) -> tuple[date, date]:
    """First and last day of the week or month that begins on a day."""
    if unit == "month":
        return start, (start + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return start, start + timedelta(days=6)


def to(parts: Mapping[str, str]) -> None:
    """Filter by these values of these dimensions, in place of what each was filtered by before; other filters stay."""
    for name, value in parts.items():
        if not can(name, value):
            continue
        for key, chosen in pairs(name, value):
            if key == address.OTHER:
                kept = [one for one in st.session_state.get(key) or () if unquote(one.partition(":")[0]) != name]
                chosen = [*kept, *chosen]
            if key in ("from", "to") and key not in st.session_state:
                st.query_params[key] = (
                    f"{chosen}"  # a control drawn for the first time is not written into the address by Streamlit
                )
            state.put(key, chosen)


def link(frame: state.Frame, page: str, parts: Mapping[str, str], **more: str | Sequence[str]) -> str:
    """The address of a page with the frame narrowed so; "" where none of it can be filtered by."""
    wanted = [(key, value) for name, text in parts.items() if can(name, text) for key, value in pairs(name, text)]
    if not wanted:
        return ""
    names = {key for key, _ in wanted} - {address.OTHER}
    kept = tuple((key, value) for key, value in frame.params if key not in names)
    flat = [(key, f"{one}") for key, value in wanted for one in (value if isinstance(value, list) else [value])]
    return state.Frame(frame.query, frame.before, frame.filters, (*kept, *flat)).link(page, **more)


def clicked(text: str) -> None:
    """A click in a chart over time: `week:2026-11-16`."""
    unit, _, start = text.partition(":")
    to({unit: start})


def chips(known: Context, held: Mapping) -> list[Chip]:
    """The filters that are set, in the order of the controls; days only where they were picked."""
    found = [Chip("s", stage, stage) for stage in held.get("s") or ()]
    frame = state.frame_of(held, known)
    if held.get("p") == address.DATES and frame.query.start and frame.query.end:
        found.append(Chip("p", "", words.span(frame.query.start, frame.query.end)))
    for key in state.FILTERS:
        found += [Chip(key, value, value) for value in held.get(key) or ()]
    for value in held.get(address.OTHER) or ():
        name, _, part = value.partition(":")
        found.append(Chip(address.OTHER, value, f"{DIMENSIONS.get(unquote(name), unquote(name))} {part}"))
    if held.get(address.PEOPLE) == address.ONLY_CUSTOMERS:
        found.append(Chip(address.PEOPLE, "", say("ui.filters.customers")))
    return found


def take_off(chip: Chip, known: Context) -> None:
    """One filter less; of picked days back to the usual period."""
    usual = state.resting(known)
    if chip.key in ("p", address.PEOPLE):
        state.put(chip.key, usual[chip.key])
        return
    state.put(chip.key, [one for one in st.session_state.get(chip.key) or () if one != chip.value])
