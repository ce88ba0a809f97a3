"""Step three: what the files do not say, or let guess only. Whose company it is, what kind of survey each is, which stage it asks about."""

from zoneinfo import available_timezones

import streamlit as st

from data.contract import contract
from data.own import DRAFT
from report import numbers
from ui.widgets.block import sub

KINDS = {
    "transactional": "about one step just taken",
    "relationship": "about us as a whole",
    "intercept": "asked while on the site",
    "post_contact": "about how a request was handled",
    "research": "research, in no score",
}
TRIGGERS = {
    "random": "anybody, at random",
    "after_goal": "only those who finished",
    "on_exit": "those who were leaving",
    "on_friction": "those who met a problem",
    "by_agent": "whom an agent chose",
}
NOWHERE = "where it happened"


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
        "name": name.text_input("Company", "Your company" if called.startswith(DRAFT) else called, key="own_name"),
        "currency": currency.text_input(
            "Currency", found.get("currency", "EUR"), max_chars=3, key="own_currency"
        ).upper(),
        "timezone": zone.selectbox(
            "Time zone",
            zones,
            index=zones.index(given) if given in zones else zones.index("UTC"),
            key="own_zone",
            help="Of days and weeks, and of times that name no zone",
        ),
        "locale": written.selectbox(
            "Numbers and days are written as in",
            locales,
            index=locales.index(locale),
            format_func=numbers.example,
            key="own_locale",
            help="On pages, slides and sheets; words stay English",
        ),
    }
    sub(told(guessed))
    return chosen


def told(guessed: dict[str, tuple[str, str]]) -> str:
    """Which of these were guessed, and by what; and what nothing in the files says."""
    known = {"currency": "currency", "timezone": "time zone", "locale": "numbers and days"}
    by: dict[str, list[str]] = {}
    for key, (value, why) in guessed.items():
        by.setdefault(why, []).append(f"{known[key]} {value}")
    parts = [f"{', '.join(what)} by {why}" for why, what in by.items()]
    missing = [text for key, text in known.items() if key not in guessed]
    return (f"Guessed: {'; '.join(parts)}. Change what is not so. " if parts else "") + (
        f"Nothing in the files says: {', '.join(missing)}." if missing else ""
    )


def surveys(journey: dict) -> dict:
    """Kind and trigger of every survey, and the stage of those about one."""
    stages = [stage["name"] for line in journey.get("journey", []) for stage in line.get("stage", [])]
    blocks = []
    for place, survey in enumerate(journey.get("survey", [])):
        name, kind, trigger, stage = st.columns([3, 3, 3, 2], vertical_alignment="bottom")
        name.text_input("Survey", survey["name"], disabled=True, key=f"own_survey_{place}")
        kinds, triggers = list(contract().allowed["survey_kind"]), list(contract().allowed["trigger"])
        chosen = kind.selectbox(
            "Asks",
            kinds,
            index=kinds.index(survey["kind"]) if survey.get("kind") in kinds else None,
            format_func=lambda k: KINDS.get(k, k),
            placeholder="say what it asks about",
            key=f"own_kind_{place}",
        )
        who = trigger.selectbox(
            "Whom",
            triggers,
            index=triggers.index(survey["trigger"]) if survey.get("trigger") in triggers else None,
            format_func=lambda t: TRIGGERS.get(t, t),
            placeholder="not known",
            key=f"own_trigger_{place}",
        )
        about = stage.selectbox(
            "Stage", [NOWHERE, *stages], disabled=chosen == "relationship", key=f"own_stage_{place}"
        )
        blocks.append(
            {key: value for key, value in (survey | {"kind": chosen, "trigger": who}).items() if value is not None}
        )
        _stage(journey, survey["name"], None if about == NOWHERE else about)
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
