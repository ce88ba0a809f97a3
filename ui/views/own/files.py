"""Step one: drop files; step two: see what each is taken for, how much of it loads, what is open."""

import streamlit as st

from data.errors import UserError
from data.own import DRAFT_MB, KEPT
from report import numbers
from report.text.catalogue import say
from ui.session.uploads import let_go, most_mb
from ui.views.own import state
from ui.widgets.block import html_table, sub
from ui.widgets.inert import plain


def drop() -> None:
    """The uploader; looking begins at once."""
    files = st.file_uploader(
        say("ui.files.exports_of_surveys_tickets_web_analytics"),
        accept_multiple_files=True,
        type=[kind.lstrip(".") for kind in KEPT],
        key="own_files",
        max_upload_size=most_mb(),
        help=say("ui.files.they_stay_on_this_machine_in"),
    )
    sub(say("ui.files.at_most_mb_a_file_and", most_mb=most_mb(), draft_mb=numbers.whole(DRAFT_MB)))
    new = [file for file in files or [] if file.file_id not in st.session_state.get("own_seen", set())]
    if not new:
        return
    with st.status(
        say("ui.files.looking_at_file", new=len(new), part="s" if len(new) > 1 else ""), expanded=True
    ) as status:
        try:
            state.keep([(file.name, file) for file in new])
            let_go([file.file_id for file in new])
            state.look(status.write)
        except UserError as error:
            status.update(label=str(error), state="error")
            return
        st.session_state["own_seen"] = st.session_state.get("own_seen", set()) | {file.file_id for file in new}
        status.update(label=say("ui.files.every_file_was_looked_at_check"), state="complete", expanded=False)


def summary(found: list[dict]) -> None:
    """One line a file: what it is, how many records load, how many things are open."""
    st.html(
        html_table(
            [
                say("ui.files.file"),
                say("ui.files.taken_for"),
                say("ui.files.records"),
                say("ui.files.will_load"),
                say("ui.files.to_confirm"),
            ],
            [
                [
                    one["path"],
                    one.get("what") or say("ui.files.not_readable"),
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
            st.error(
                say(
                    "ui.files.nothing_of_it_loads",
                    path=plain(one["path"]),
                    reason=plain(one.get("why") or one.get("problem") or ""),
                )
            )


def sample(result: dict) -> None:
    """Sample rows of what loads, with what looks like personal data masked, and what is refused and why."""
    for table, held in result["tables"].items():
        rows = held["sample"]
        names = [name for name in rows[0] if any(row[name] not in (None, "") for row in rows)] if rows else []
        sub(say("ui.files.rows_of_the_first_of_them", rows=numbers.whole(held["rows"]), table=table.replace("_", " ")))
        st.html(html_table(names, [[short(row[name]) for name in names] for row in rows], text_columns=len(names)))
    if result["refusals"]:
        sub(say("ui.files.refused_and_why"))
        st.html(
            html_table(
                [
                    say("ui.files.records"),
                    say("ui.files.column"),
                    say("ui.files.reason"),
                    say("ui.files.found"),
                    say("ui.files.allowed"),
                ],
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
