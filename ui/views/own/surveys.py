"""Step three: what the files do not say, or let guess only. Whose company it is, what kind of survey each is, which stage it asks about."""

from zoneinfo import available_timezones

import streamlit as st

from data.contract import contract
from data.own import DRAFT
from report import numbers
from report.text.catalogue import say
from ui.widgets.block import sub
from ui.widgets.inert import plain

KINDS = {
    "transactional": say("ui.surveys.about_one_step_just_taken"),
    "relationship": say("ui.surveys.about_us_as_a_whole"),
    "intercept": say("ui.surveys.asked_while_on_the_site"),
    "post_contact": say("ui.surveys.about_how_a_request_was_handled"),
    "research": say("ui.surveys.research_in_no_score"),
}
TRIGGERS = {
    "random": say("ui.surveys.anybody_at_random"),
    "after_goal": say("ui.surveys.only_those_who_finished"),
    "on_exit": say("ui.surveys.those_who_were_leaving"),
    "on_friction": say("ui.surveys.those_who_met_a_problem"),
    "by_agent": say("ui.surveys.whom_an_agent_chose"),
}
NOWHERE = say("ui.surveys.where_it_happened")


LOCALES = (
    *(
        "en",
        "en-GB",
        "en-US",
        "en-AU",
        "en-CA",
        "en-IE",
        "en-IN",
        "en-NZ",
        "de-DE",
        "de-AT",
        "de-CH",
        "fr-FR",
        "fr-BE",
        "fr-CA",
        "fr-CH",
    ),
    *(
        "es-ES",
        "es-MX",
        "nl-NL",
        "nl-BE",
        "pt-PT",
        "pt-BR",
        "it-IT",
        "it-CH",
        "da-DK",
        "sv-SE",
        "nb-NO",
        "fi-FI",
        "pl-PL",
        "cs-CZ",
    ),
)


def company(found: dict, guessed: dict[str, tuple[str, str]]) -> dict:
    """Name, currency, time zone and how numbers are written; `guessed` are those of them that the files let guess, with the reason."""
    name, currency, zone, written = st.columns([2, 1, 2, 2])
    zones = sorted(available_timezones())
    given = found.get("timezone", "UTC")
    called, locale = found.get("name", DRAFT), found.get("locale", "en")
    locales = list(dict.fromkeys([*LOCALES, locale]))
    chosen = found | {
        "name": name.text_input(
            say("ui.surveys.company"),
            say("ui.surveys.your_company") if called.startswith(DRAFT) else called,
            key="own_name",
        ),
        "currency": currency.text_input(
            say("ui.surveys.currency"), found.get("currency", "EUR"), max_chars=3, key="own_currency"
        ).upper(),
        "timezone": zone.selectbox(
            say("ui.surveys.time_zone"),
            zones,
            index=zones.index(given) if given in zones else zones.index("UTC"),
            key="own_zone",
            help=say("ui.surveys.of_days_and_weeks_and_of"),
        ),
        "locale": written.selectbox(
            say("ui.surveys.numbers_and_days_are_written_as"),
            locales,
            index=locales.index(locale),
            format_func=numbers.example,
            key="own_locale",
            help=say("ui.surveys.on_pages_slides_and_sheets_words"),
        ),
    }
    sub(told(guessed))
    return chosen


def told(guessed: dict[str, tuple[str, str]]) -> str:
    """Which of these were guessed, and by what; and what nothing in the files says."""
    known = {
        "currency": "currency",
        "timezone": say("ui.surveys.time_zone_2"),
        "locale": say("ui.surveys.numbers_and_days"),
    }
    by: dict[str, list[str]] = {}
    for key, (value, why) in guessed.items():
        by.setdefault(why, []).append(f"{known[key]} {value}")
    parts = [say("ui.surveys.by", what=", ".join(what), why=why) for why, what in by.items()]
    missing = [text for key, text in known.items() if key not in guessed]
    return (say("ui.surveys.guessed_change_what_is_not_so", parts="; ".join(parts)) if parts else "") + (
        say("ui.surveys.nothing_in_the_files_says", missing=", ".join(missing)) if missing else ""
    )


def surveys(journey: dict) -> dict:
    """Kind and trigger of every survey, and the stage of those about one. What is chosen belongs to the survey's name: by place it would
    pass to another survey once a further file brings one."""
    stages = [stage["name"] for line in journey.get("journey", []) for stage in line.get("stage", [])]
    blocks = []
    names: list[str] = []
    for survey in journey.get("survey", []):
        names.append(survey["name"])
        which = f"{survey['name']}_{names.count(survey['name'])}"
        name, kind, trigger, stage = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
        name.text_input(say("ui.surveys.survey"), survey["name"], disabled=True, key=f"own_survey_{which}")
        kinds, triggers = list(contract().allowed["survey_kind"]), list(contract().allowed["trigger"])
        chosen = kind.selectbox(
            say("ui.surveys.asks"),
            kinds,
            index=kinds.index(survey["kind"]) if survey.get("kind") in kinds else None,
            format_func=lambda k: KINDS.get(k, k),
            placeholder=say("ui.surveys.say_what_it_asks_about"),
            key=f"own_kind_{which}",
        )
        who = trigger.selectbox(
            say("ui.surveys.whom"),
            triggers,
            index=triggers.index(survey["trigger"]) if survey.get("trigger") in triggers else None,
            format_func=lambda t: TRIGGERS.get(t, t),
            placeholder=say("ui.surveys.not_known"),
            key=f"own_trigger_{which}",
        )
        about = stage.selectbox(
            say("ui.surveys.stage"), [NOWHERE, *stages], disabled=chosen == "relationship", key=f"own_stage_{which}"
        )
        blocks.append(
            {key: value for key, value in (survey | {"kind": chosen, "trigger": who}).items() if value is not None}
        )
        _stage(journey, survey["name"], None if about == NOWHERE else about)
    if open_ := [survey["name"] for survey in blocks if "kind" not in survey]:
        st.warning(say("ui.surveys.kind_open", names=plain(", ".join(open_))))
    return journey | {"survey": blocks}


def _stage(journey: dict, survey: str, about: str | None) -> None:
    """The survey in the stage's own list, and in no other."""
    for line in journey.get("journey", []):
        for stage in line.get("stage", []):
            named = [name for name in stage.get("surveys", []) if name != survey] + (
                [survey] if stage["name"] == about else []
            )
            stage.pop("surveys", None)
            if named:
                stage["surveys"] = named
