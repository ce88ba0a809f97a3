"""Tables put in order by a tap on a column's head: each head is a link to the same page in that order, so that it works with keys and can be sent."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TypeVar
from urllib.parse import urlencode

import streamlit as st

from ui.session import state
from ui.session.state import Frame

Row = TypeVar("Row")
By = Callable[[Row], float | str | None]


def chosen(parameter: str, columns: Mapping[str, By[Row]]) -> tuple[str, bool]:
    """The column the address names, and whether from the highest down ("-" before its name); ("", False) where it names none of these."""
    asked = st.query_params.get(parameter, "")
    name = asked.removeprefix("-")
    return (name, asked.startswith("-")) if name in columns else ("", False)


def put(rows: Sequence[Row], parameter: str, columns: Mapping[str, By[Row]]) -> list[Row]:
    """The rows by that column, what is not known last; as they came where none is named. Equal rows stay as they came."""
    name, down = chosen(parameter, columns)
    if not name:
        return list(rows)
    known = [row for row in rows if columns[name](row) is not None]
    return sorted(known, key=columns[name], reverse=down) + [row for row in rows if columns[name](row) is None]


def links(
    parameter: str, columns: Mapping[str, By[Row]], page: str, frame: Frame, texts: Collection[str] = ()
) -> list[tuple[str, str]]:
    """A column each: where its head leads and how it stands now, as `aria-sort` has it. Numbers begin with the highest and the columns of `texts` at
    A; a second tap turns the order round."""
    now, down = chosen(parameter, columns)
    kept = [(key, value) for key, value in state.page_params() if key != parameter]
    found = []
    for name in columns:
        first = name in texts
        falls = not down if name == now else not first
        link = urlencode([*frame.params, *kept, (parameter, f"-{name}" if falls else name)])
        found.append((f"{page}?{link}", ("descending" if down else "ascending") if name == now else ""))
    return found
