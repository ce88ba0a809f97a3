"""Data: can I trust it? Layout only."""

import streamlit as st

from data import doctor
from data.store.opened import PERSONS_TOO
from metrics.rules import recording_breaks
from report import numbers
from report.rows import surveys as survey_rows
from report.text.catalogue import say
from report.words import words
from ui.session import source, viewer
from ui.session.serving import ROOT, store_path
from ui.views import erasing
from ui.widgets import accounts, open_questions
from ui.widgets.block import block, headline, html_table, sub
from ui.widgets.inert import inert

frame = st.session_state["_frame"]
known = source.known()
account = source.account(frame.query.journey)
loads = account["files"]
exact = source.generation().shows == PERSONS_TOO
count = accounts.counted(exact)
refusals = source.rows("refusal_reasons")
total, loaded = sum(r["rows_in"] for r in loads), sum(r["loaded"] for r in loads)
bad = sum(r["records"] for r in refusals if r["kind"] == "bad")
problems = [r for r in loads if r["problem"]]
headline(
    say("pages.data.records_came_in_were_loaded", total=count(total), loaded=count(loaded))
    + (say("pages.data.files_have_a_problem", problems=len(problems)) if problems else "."),
    say("pages.data.every_record_is_counted_once_loaded", bad=count(bad)),
)
if viewer.may_bring_data():
    with st.container(key="bring"):
        st.page_link(
            ROOT / "pages" / "own.py",
            label=say("pages.data.bring_your_own_files")
            + (" →" if known.simulated else say("pages.data.or_go_back_to_the_simulated")),
        )
if known.questions:
    with block(
        "questions",
        say("pages.data.questions_about_what_was_loaded"),
        say("pages.data.these_records_were_loaded_and_something"),
    ):
        st.html(
            html_table(
                [
                    say("pages.data.severity"),
                    say("pages.data.what_was_found"),
                    say("pages.data.records"),
                    say("pages.data.numbers_affected"),
                    say("pages.data.what_to_do"),
                    say("pages.data.to_confirm_it"),
                ],
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
        say("pages.data.how_much_can_be_tied_to"),
        say("pages.data.visits_by_people_linked_before_the"),
    ):
        st.html(
            html_table(
                [say("pages.data.source"), say("pages.data.what"), say("pages.data.records"), say("pages.data.linked")],
                [
                    [
                        r["source"],
                        r["what"],
                        count(r["records"]),
                        accounts.share_of(round((r["share"] or 0) * r["records"]), r["records"], exact),
                    ]
                    for r in linked
                ],
                text_columns=2,
            )
        )
with right:
    surveys = source.rows("survey_load", {"journey": frame.query.journey})
    with block("surveys", say("pages.data.surveys"), say("pages.data.a_survey_without_a_declared_kind")):
        st.html(
            html_table(
                list(survey_rows.head()),
                survey_rows.rows(surveys, exact=exact),
                text_columns=2,
                cards=True,
            )
        )
breaks = recording_breaks.breaks(source.generation())
if breaks:
    with block(
        "breaks",
        say("pages.data.where_the_recording_itself_changed"),
        say("pages.data.found_in_the_weekly_figures_what"),
    ):
        st.html(
            html_table(
                [say("pages.data.from"), say("pages.data.to"), say("pages.data.what"), say("pages.data.and_so")],
                [
                    [
                        words.day(b.day),
                        words.day(b.until) if b.until else say("pages.data.still_so"),
                        b.text,
                        say(f"notes.break.{b.kind}")
                        if b.kind in recording_breaks.NOT_TAKEN_OUT
                        else say("pages.data.taken_out_nothing_else_changes"),
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
        say("pages.data.tickets_left_out_of_every_rate"),
        say("pages.data.not_a_request_for_help_from"),
    ):
        st.html(
            html_table(
                [
                    say("pages.data.source"),
                    say("pages.data.reason"),
                    say("pages.data.tickets"),
                    say("pages.data.of_its_tickets"),
                ],
                [
                    [r["source"], r["reason"], count(r["tickets"]), accounts.share_of(r["tickets"], r["of"], exact)]
                    for r in account["left_out"]
                ],
                text_columns=2,
            )
        )
if account["outside"]:
    with block(
        "outside",
        say("pages.data.loaded_and_outside_of_periods_or"),
        say("pages.data.an_answer_without_a_date_counts"),
    ):
        st.html(
            html_table(
                [
                    say("pages.data.source"),
                    say("pages.data.what"),
                    say("pages.data.records"),
                    say("pages.data.of_its_records_of_the_kind"),
                ],
                [
                    [
                        r["source"],
                        doctor.outside_words(r),
                        count(r["records"]),
                        accounts.share_of(r["records"], r["of"], exact),
                    ]
                    for r in account["outside"]
                ],
                text_columns=2,
            )
        )
if account["masked"] is not None:
    with block(
        "masked",
        say("pages.data.masked_in_what_people_wrote"),
        say("pages.data.names_addresses_and_numbers_of_people"),
    ):
        if account["masked"]:
            st.html(
                html_table(
                    [say("pages.data.field"), say("pages.data.kind"), say("pages.data.times")],
                    [[r["field"], r["kind"], count(r["times"])] for r in account["masked"]],
                    text_columns=2,
                )
            )
        else:
            sub(say("pages.data.nothing_was_found_that_had_to"))
unmapped = account["unmapped"]
with block("unmapped", say("pages.data.what_no_stage_rule_maps"), say("pages.data.copy_the_rule_into_the_stage")):
    if unmapped:
        rule = {
            "page": 'paths = ["{}*"]',
            "event": 'events = ["{}"]',
            "ticket": 'tickets = ["{}"]',
            "survey": 'surveys = ["{}"]',
            "undeclared survey": say("pages.data.survey_name_kind_transactional_or_what"),
        }
        st.html(
            html_table(
                [
                    say("pages.data.kind"),
                    say("pages.data.what"),
                    say("pages.data.times"),
                    say("pages.data.rule_to_add"),
                ],
                [
                    [
                        r["kind"],
                        r["what"],
                        count(r["times"]),
                        say("pages.data.name_its_category_column_in_sources")
                        if r["what"] == "(no category)"
                        else rule[r["kind"]].format(r["what"].partition("…")[0]),
                    ]
                    for r in unmapped
                ],
                text_columns=2,
            )
        )
    else:
        sub(say("pages.data.everything_is_mapped"))
with block("sources", say("pages.data.sources_and_files"), say("pages.data.records_in_loaded_refused")):
    st.html(
        html_table(
            [
                say("pages.data.source"),
                say("pages.data.reader"),
                say("pages.data.files"),
                say("pages.data.in"),
                say("pages.data.loaded"),
                say("pages.data.refused"),
                say("pages.data.newest_file_of"),
            ],
            accounts.by_source(loads, count),
            text_columns=2,
            cards=True,
        )
    )
    for row in problems:
        st.markdown(inert(say("pages.data.red", problem=row["problem"])))
    with st.expander(say("pages.data.each_of_the_files", loads=numbers.whole(len(loads)))):
        st.html(
            html_table(
                [
                    say("pages.data.source"),
                    say("pages.data.file"),
                    say("pages.data.in"),
                    say("pages.data.loaded"),
                    say("pages.data.refused"),
                    say("pages.data.file_of"),
                ],
                accounts.files(loads, count),
                text_columns=2,
            )
        )
if account["retention"]:
    with block("retention", say("pages.data.how_long_records_are_kept"), say("pages.data.older_ones_are_left_out_of")):
        st.html(
            html_table(
                [say("pages.data.what"), say("pages.data.days"), say("pages.data.kept_from")],
                [[r["kind"], numbers.whole(r["days"]), r["kept_from"]] for r in account["retention"]],
                text_columns=1,
            )
        )
if viewer.may_bring_data() and (log := accounts.log(store_path())):
    with block(
        "log",
        say("pages.data.who_did_what_here"),
        say("pages.data.for_administrators_the_newest_lines_of"),
    ):
        st.html(
            html_table(
                [say("pages.data.when"), say("pages.data.what"), say("pages.data.who"), say("pages.data.about")],
                log,
                text_columns=4,
            )
        )
if refusals:
    with block(
        "refused", say("pages.data.what_was_refused_and_why"), say("pages.data.nothing_is_lost_every_record_that")
    ):
        st.html(
            html_table(
                [say("pages.data.source"), say("pages.data.kind"), say("pages.data.reason"), say("pages.data.records")],
                accounts.reasons(account["refused"], count),
                text_columns=3,
            )
        )
        with st.expander(say("pages.data.by_file_with_the_first_such")):
            st.html(
                html_table(
                    [
                        say("pages.data.file"),
                        say("pages.data.reason"),
                        say("pages.data.column"),
                        say("pages.data.found"),
                        say("pages.data.allowed"),
                        say("pages.data.records"),
                        say("pages.data.first_row"),
                    ],
                    accounts.examples(refusals, count),
                    text_columns=5,
                )
            )
erasing.form()
