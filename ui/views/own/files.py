"""Step one: drop files; step two: see what each is taken for, how much of it loads, what is open."""

import streamlit as st

from data.errors import UserError
from data.own import DRAFT_MB, KEPT
from report import numbers
from ui.session.uploads import let_go, most_mb
from ui.views.own import state
from ui.widgets.block import html_table, sub


def drop() -> None:
    """The uploader; looking begins at once."""
    files = st.file_uploader(
        "Exports of surveys, tickets, web analytics, orders",
        accept_multiple_files=True,
        type=[kind.lstrip(".") for kind in KEPT],
        key="own_files",
        max_upload_size=most_mb(),
        help="They stay on this machine, in the store's folder.",
    )
    sub(
        f"At most {most_mb()} MB a file and {numbers.whole(DRAFT_MB)} MB together. Larger ones are read where they lie: python -m data inspect FOLDER"
    )
    new = [file for file in files or [] if file.file_id not in st.session_state.get("own_seen", set())]
    if not new:
        return
    with st.status(f"Looking at {len(new)} file{'s' if len(new) > 1 else ''} …", expanded=True) as status:
        try:
            state.keep([(file.name, file) for file in new])
            let_go([file.file_id for file in new])
            state.look(status.write)
        except UserError as error:
            status.update(label=str(error), state="error")
            return
        st.session_state["own_seen"] = st.session_state.get("own_seen", set()) | {file.file_id for file in new}
        status.update(
            label="Every file was looked at. Check below what each was taken for.", state="complete", expanded=False
        )


def summary(found: list[dict]) -> None:
    """One line a file: what it is, how many records load, how many things are open."""
    st.html(
        html_table(
            ["File", "Taken for", "Records", "Will load", "To confirm"],
            [
                [
                    one["path"],
                    one.get("what") or "not readable",
                    numbers.whole(one.get("rows_in", 0)),
                    numbers.whole(one.get("loaded", 0)),
                    f"{len(one.get('questions', ()))}",
                ]
                for one in found
            ],
            text_columns=2,
            cards=True,
        )
    )
    for one in found:
        if not one.get("loaded"):
            st.error(f"{plain(one['path'])}: nothing of it loads. {plain(one.get('why') or one.get('problem') or '')}")


def sample(result: dict) -> None:
    """Sample rows of what loads, with what looks like personal data masked, and what is refused and why."""
    for table, held in result["tables"].items():
        rows = held["sample"]
        names = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)] if rows else []
        sub(
            f"{numbers.whole(held['rows'])} rows of {table.replace('_', ' ')}, the first of them (addresses, numbers and names are masked):"
        )
        st.html(html_table(names, [[short(row[name]) for name in names] for row in rows], text_columns=len(names)))
    if result["refusals"]:
        sub("Refused, and why:")
        st.html(
            html_table(
                ["Records", "Column", "Reason", "Found", "Allowed"],
                [
                    [
                        numbers.whole(row["records"]),
                        row["column"] or "",
                        row["reason"],
                        short(row["found"]),
                        short(row["allowed"]),
                    ]
                    for row in result["refusals"]
                ],
                text_columns=5,
            )
        )
    if result.get("problem"):
        st.error(plain(result["problem"]))


def short(value: object, most: int = 60) -> str:
    """A cell's text, cut."""
    text = "" if value is None else str(value)
    return text if len(text) <= most else text[: most - 1] + "…"


def plain(text: str) -> str:
    """Text of a file as text: nothing in it is a link, a formula or markup."""
    for sign in "\\`*_{}[]()#+-.!|<>$:~":
        text = text.replace(sign, "\\" + sign)
    return text
