"""Data: can I trust it? Layout only."""

import streamlit as st

from data import doctor
from metrics.rules import recording_breaks
from metrics.thresholds import PERSONS
from report import numbers
from report.words import words
from ui.session import source, viewer
from ui.session.serving import ROOT, store_path
from ui.widgets import accounts, open_questions
from ui.widgets.block import block, headline, html_table, sub

frame = st.session_state["_frame"]
known = source.known()
account = source.account(frame.query.journey)
loads = account["files"]
refusals = source.rows("refusal_reasons")
total, loaded = sum(r["rows_in"] for r in loads), sum(r["loaded"] for r in loads)
bad = sum(r["records"] for r in refusals if r["kind"] == "bad")
problems = [r for r in loads if r["problem"]]
headline(
    f"{numbers.whole(total)} records came in, {numbers.whole(loaded)} were loaded"
    + (f", {len(problems)} files have a problem." if problems else "."),
    f"Every record is counted once: loaded, or refused with a reason. {numbers.whole(bad)} were refused because something in them is wrong; the rest were "
    "left out on purpose, doubled, or replaced by a later version.",
)
if viewer.may_bring_data():
    with st.container(key="bring"):
        st.page_link(
            ROOT / "pages" / "own.py",
            label="Bring your own files" + (" →" if known.simulated else ", or go back to the simulated company →"),
        )
if known.questions:
    with block(
        "questions",
        "Questions about what was loaded",
        "These records were loaded, and something about them is hard to believe. Put the cause right, or confirm that it is so in the [[source]] block, and build again.",
    ):
        st.html(
            html_table(
                ["Severity", "What was found", "Records", "Numbers affected", "What to do", "To confirm it"],
                open_questions.rows(known.questions),
                text_columns=6,
                cards=True,
            )
        )
left, right = st.columns(2, gap="large")
with left:
    linked = account["linked"]
    with block(
        "linked",
        "How much can be tied to a person",
        "Visits by people linked before the visit; the rest are browsers nobody knows",
    ):
        st.html(
            html_table(
                ["Source", "What", "Records", "Linked"],
                [[r["source"], r["what"], numbers.whole(r["records"]), numbers.percent(r["share"], 1)] for r in linked],
                text_columns=2,
            )
        )
with right:
    surveys = source.rows("survey_load", {"journey": frame.query.journey})
    with block(
        "surveys", "Surveys", "A survey without a declared kind is left out of every score: add it to journey.toml"
    ):
        st.html(
            html_table(
                ["Survey", "Kind", "Responses", "Invited", "Answered", "Latest"],
                [
                    [
                        r["survey"],
                        r["kind"] or "not declared",
                        numbers.whole(r["responses"]) if r["responses"] >= PERSONS else f"under {PERSONS}",
                        numbers.whole(r["invitations"]) if r["invitations"] else "–",
                        numbers.percent(r["response"], 1) if r["response"] is not None else "–",
                        words.day(r["latest"]) if r["latest"] and r["responses"] >= PERSONS else "–",
                    ]
                    for r in surveys
                ],
                text_columns=2,
                cards=True,
            )
        )
breaks = recording_breaks.breaks(source.generation())
if breaks:
    with block(
        "breaks",
        "Where the recording itself changed",
        "Found in the weekly figures; what it touches is not compared across it",
    ):
        st.html(
            html_table(
                ["From", "To", "What", "And so"],
                [
                    [
                        words.day(b.day),
                        words.day(b.until) if b.until else "still so",
                        b.text,
                        recording_breaks.CONSEQUENCE.get(b.kind, "Taken out; nothing else changes."),
                    ]
                    for b in breaks
                ],
                text_columns=4,
                cards=True,
            )
        )
if account["left_out"]:
    with block(
        "left_out",
        "Tickets left out of every rate",
        "Not a request for help, from no customer, or the same request a second time; each stays in the store with its reason.",
    ):
        st.html(
            html_table(
                ["Source", "Reason", "Tickets", "Of its tickets"],
                [
                    [r["source"], r["reason"], numbers.whole(r["tickets"]), numbers.percent(r["tickets"] / r["of"], 1)]
                    for r in account["left_out"]
                ],
                text_columns=2,
            )
        )
if account["outside"]:
    with block(
        "outside",
        "Loaded, and outside of periods or visits",
        "An answer without a date counts in all data only, never in a period; an event without an id (sent without consent, or without a visitor's number) belongs to no visit and to no rate of visits.",
    ):
        st.html(
            html_table(
                ["Source", "What", "Records", "Of its records of the kind"],
                [
                    [
                        r["source"],
                        doctor.outside_words(r),
                        numbers.whole(r["records"]),
                        numbers.percent(r["records"] / r["of"], 1),
                    ]
                    for r in account["outside"]
                ],
                text_columns=2,
            )
        )
if account["masked"] is not None:
    with block(
        "masked",
        "Masked in what people wrote",
        "Names, addresses and numbers of people, taken out before anything is made of a text",
    ):
        if account["masked"]:
            st.html(
                html_table(
                    ["Field", "Kind", "Times"],
                    [[r["field"], r["kind"], numbers.whole(r["times"])] for r in account["masked"]],
                    text_columns=2,
                )
            )
        else:
            sub("Nothing was found that had to be masked.")
unmapped = account["unmapped"]
with block(
    "unmapped", "What no stage rule maps", "Copy the rule into the stage it belongs to in journey.toml, and build again"
):
    if unmapped:
        rule = {
            "page": 'paths = ["{}*"]',
            "event": 'events = ["{}"]',
            "ticket": 'tickets = ["{}"]',
            "survey": 'surveys = ["{}"]',
            "undeclared survey": '[[survey]] name = "{}", kind = "transactional" (or what it is)',
        }
        st.html(
            html_table(
                ["Kind", "What", "Times", "Rule to add"],
                [
                    [
                        r["kind"],
                        r["what"],
                        numbers.whole(r["times"]),
                        "name its category column in sources.toml"
                        if r["what"] == "(no category)"
                        else rule[r["kind"]].format(r["what"].partition("…")[0]),
                    ]
                    for r in unmapped
                ],
                text_columns=2,
            )
        )
    else:
        sub("Everything is mapped.")
with block("sources", "Sources and files", "Records in = loaded + refused"):
    st.html(
        html_table(
            ["Source", "Reader", "Files", "In", "Loaded", "Refused", "Newest file of"],
            accounts.by_source(loads),
            text_columns=2,
            cards=True,
        )
    )
    for row in problems:
        st.markdown(f":red[▲] {row['problem']}")
    with st.expander(f"Each of the {numbers.whole(len(loads))} files"):
        st.html(
            html_table(["Source", "File", "In", "Loaded", "Refused", "File of"], accounts.files(loads), text_columns=2)
        )
if account["retention"]:
    with block(
        "retention", "How long records are kept", "Older ones are left out of each build; numbers over such days say so"
    ):
        st.html(
            html_table(
                ["What", "Days", "Kept from"],
                [[r["kind"], numbers.whole(r["days"]), r["kept_from"]] for r in account["retention"]],
                text_columns=1,
            )
        )
if viewer.may_bring_data() and (log := accounts.log(store_path())):
    with block(
        "log",
        "Who did what here",
        "For administrators: the newest lines of the log, in UTC. A person whose path was opened stands under the key of its address",
    ):
        st.html(html_table(["When", "What", "Who", "About"], log, text_columns=4))
if refusals:
    with block(
        "refused", "What was refused, and why", "Nothing is lost: every record that was not loaded has its reason"
    ):
        st.html(
            html_table(["Source", "Kind", "Reason", "Records"], accounts.reasons(account["refused"]), text_columns=3)
        )
        with st.expander("By file, with the first such record and what would have been allowed"):
            st.html(
                html_table(
                    ["File", "Reason", "Column", "Found", "Allowed", "Records", "First row"],
                    accounts.examples(refusals),
                    text_columns=5,
                )
            )
