"""Step four: the reading of one source, corrected in place. Every change is tried on the file at once."""

import pandas as pd
import streamlit as st

from data import own
from data.contract import contract
from report import numbers
from report.text.catalogue import say
from ui.views.own import files, state
from ui.widgets.block import sub

TABLES = {
    "survey_answers": say("ui.mapping.answers_of_a_survey"),
    "survey_invitations": say("ui.mapping.invitations_to_a_survey"),
    "support_tickets": "tickets",
    "ticket_status_changes": say("ui.mapping.changes_of_tickets"),
    "web_events": say("ui.mapping.web_events"),
    "page_vitals": say("ui.mapping.page_speeds"),
    "web_daily": say("ui.mapping.web_figures_by_day"),
    "identity_edges": say("ui.mapping.which_ids_belong_together"),
    "people": "customers",
    "orders": "orders",
    "exposures": say("ui.mapping.who_saw_which_variant"),
    "annotations": say("ui.mapping.dated_notes"),
}
LINES = {
    None: say("ui.mapping.not_stated"),
    "items": say("ui.mapping.its_items_added_up"),
    "total": say("ui.mapping.its_total_on_each"),
}
# Columns of the editors: what they are called is what their rows are read by.
FIELD, COLUMN = say("ui.mapping.field"), say("ui.mapping.column_in_your_file")
SAME, VALUE = say("ui.mapping.same_for_every_record"), say("ui.mapping.value")


def editor(block: dict, found: dict, company: dict) -> dict:
    """Widgets for one [[source]] block of a file; returns the block as it stands now."""
    key = block["name"]
    if block["reader"] == "table":
        block = _table_block(block, found, key)
    else:
        sub(say("ui.mapping.read_by_the_reader_which_knows", reader=block["reader"]))
    result = state.tried(block, company)
    st.markdown(
        say(
            "ui.mapping.of_records_load",
            loaded=numbers.whole(result["loaded"]),
            rows_in=numbers.whole(result["rows_in"]),
        )
    )
    files.sample(result)
    return block


def _table_block(block: dict, found: dict, key: str) -> dict:
    left, right = st.columns(2, gap="large")
    with left:
        names = list(TABLES)
        table = st.selectbox(
            say("ui.mapping.each_record_is_one_of"),
            names,
            index=names.index(block["table"]),
            format_func=TABLES.get,
            key=f"own_table_{key}",
        )
        columns = _columns(block, found, table, key)
    with right:
        dates = _dates(block, key)
        lines = _lines(block, key) if table == "orders" else None
        constants = _constants(block, table, key)
    changed = {
        name: value for name, value in block.items() if name not in ("table", "columns", "constants", "dates", "lines")
    } | {"table": table, "columns": columns}
    stated = {"dates": dates, "lines": lines, "constants": constants}
    return changed | {name: value for name, value in stated.items() if value}


def _columns(block: dict, found: dict, table: str, key: str) -> dict:
    """Which column of the file fills what."""
    mapped = {name: column for name, column in block.get("columns", {}).items()}
    heads = list(dict.fromkeys([*mapped.values(), *found.get("unused", [])]))
    rows = pd.DataFrame(
        [{FIELD: name, COLUMN: column} for name, column in mapped.items()],
        columns=[FIELD, COLUMN],
    )
    edited = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        key=f"own_columns_{key}_{table}",
        column_config={
            FIELD: st.column_config.SelectboxColumn(options=sorted({*own.fillable(table), *mapped})),
            COLUMN: st.column_config.SelectboxColumn(options=heads),
        },
    )
    return {row[FIELD]: row[COLUMN] for row in edited.to_dict("records") if row[FIELD] and row[COLUMN]}


def _dates(block: dict, key: str) -> list[str] | str | None:
    """How dates are written, where that is open or was said."""
    said = block.get("dates")
    text = st.text_input(
        say("ui.mapping.dates_are_written_as"),
        ", ".join(said) if isinstance(said, list) else said or "",
        key=f"own_dates_{key}",
        placeholder=say("ui.mapping.recognised_by_themselves"),
        help=say("ui.mapping.d_day_m_month_y_year"),
    )
    parts = [part.strip() for part in text.split(",") if part.strip()]
    return parts[0] if len(parts) == 1 else parts or None


def _lines(block: dict, key: str) -> str | None:
    """What several lines of one order are: nothing stated, its items, or its total on each."""
    options = [None, "items", "total"]
    said: str | None = st.selectbox(
        say("ui.mapping.several_lines_of_an_order"),
        options,
        index=options.index(block.get("lines")),
        format_func=LINES.get,
        key=f"own_lines_{key}",
    )
    return said


def _constants(block: dict, table: str, key: str) -> dict:
    """What is the same for every record: the survey's name, what the score measures, its scale."""
    kinds = contract().tables[table].columns
    given = block.get("constants", {})
    rows = pd.DataFrame(
        [{SAME: name, VALUE: str(value)} for name, value in given.items()],
        columns=[SAME, VALUE],
    )
    edited = st.data_editor(
        rows,
        num_rows="dynamic",
        hide_index=True,
        key=f"own_constants_{key}_{table}",
        column_config={SAME: st.column_config.SelectboxColumn(options=sorted({*kinds, *given}))},
    )
    return {
        row[SAME]: _typed(row[VALUE], given.get(row[SAME]))
        for row in edited.to_dict("records")
        if row[SAME] and row[VALUE] not in (None, "")
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
