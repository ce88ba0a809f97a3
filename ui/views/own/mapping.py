"""Step four: the reading of one source, corrected in place. Every change is tried on the file at once."""

import pandas as pd
import streamlit as st

from data import own
from data.contract import contract
from report import numbers
from ui.views.own import files, state
from ui.widgets.block import sub

TABLES = {
    "survey_answers": "answers of a survey",
    "survey_invitations": "invitations to a survey",
    "support_tickets": "tickets",
    "ticket_status_changes": "changes of tickets",
    "web_events": "web events",
    "page_vitals": "page speeds",
    "web_daily": "web figures by day",
    "identity_edges": "which ids belong together",
    "people": "customers",
    "orders": "orders",
    "exposures": "who saw which variant",
    "annotations": "dated notes",
}


def editor(block: dict, found: dict, company: dict) -> dict:
    """Widgets for one [[source]] block of a file; returns the block as it stands now."""
    key = block["name"]
    if block["reader"] == "table":
        block = _table_block(block, found, key)
    else:
        sub(f"Read by the {block['reader']} reader, which knows this tool's columns.")
    result = state.tried(block, company)
    st.markdown(f"**{numbers.whole(result['loaded'])} of {numbers.whole(result['rows_in'])} records load.**")
    files.sample(result)
    return block


def _table_block(block: dict, found: dict, key: str) -> dict:
    left, right = st.columns(2, gap="large")
    with left:
        names = list(TABLES)
        table = st.selectbox(
            "Each record is one of",
            names,
            index=names.index(block["table"]),
            format_func=TABLES.get,
            key=f"own_table_{key}",
        )
        columns = _columns(block, found, table, key)
    with right:
        dates = _dates(block, key)
        constants = _constants(block, table, key)
    changed = {
        name: value for name, value in block.items() if name not in ("table", "columns", "constants", "dates")
    } | {"table": table, "columns": columns}
    return changed | ({"dates": dates} if dates else {}) | ({"constants": constants} if constants else {})


def _columns(block: dict, found: dict, table: str, key: str) -> dict:
    """Which column of the file fills what."""
    mapped = {name: column for name, column in block.get("columns", {}).items()}
    heads = list(dict.fromkeys([*mapped.values(), *found.get("unused", [])]))
    rows = pd.DataFrame(
        [{"Field": name, "Column in your file": column} for name, column in mapped.items()],
        columns=["Field", "Column in your file"],
    )
    edited = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        key=f"own_columns_{key}_{table}",
        column_config={
            "Field": st.column_config.SelectboxColumn(options=sorted({*own.fillable(table), *mapped})),
            "Column in your file": st.column_config.SelectboxColumn(options=heads),
        },
    )
    return {
        row["Field"]: row["Column in your file"]
        for row in edited.to_dict("records")
        if row["Field"] and row["Column in your file"]
    }


def _dates(block: dict, key: str) -> list[str] | str | None:
    """How dates are written, where that is open or was said."""
    said = block.get("dates")
    text = st.text_input(
        "Dates are written as",
        ", ".join(said) if isinstance(said, list) else said or "",
        key=f"own_dates_{key}",
        placeholder="recognised by themselves",
        help="%d day, %m month, %Y year, %H:%M time. For example %d.%m.%Y %H:%M",
    )
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts[0] if len(parts) == 1 else parts or None


def _constants(block: dict, table: str, key: str) -> dict:
    """What is the same for every record: the survey's name, what the score measures, its scale."""
    kinds = contract().tables[table].columns
    given = block.get("constants", {})
    rows = pd.DataFrame(
        [{"Same for every record": name, "Value": str(value)} for name, value in given.items()],
        columns=["Same for every record", "Value"],
    )
    edited = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        key=f"own_constants_{key}_{table}",
        column_config={"Same for every record": st.column_config.SelectboxColumn(options=sorted({*kinds, *given}))},
    )
    return {
        row["Same for every record"]: _typed(row["Value"], given.get(row["Same for every record"]))
        for row in edited.to_dict("records")
        if row["Same for every record"] and row["Value"] not in (None, "")
    }


def _typed(text: str, before: object) -> object:
    """A number where it reads as one, true and false as such."""
    if str(before) == text:
        return before
    if text.lower() in ("true", "false"):
        return text.lower() == "true"
    try:
        return int(text) if float(text).is_integer() else float(text)
    except ValueError:
        return text
