"""The silent majority in words: response and correction, survey load, what to ask next."""

from metrics.analyses.silent.model import Ask, Silent, Wave
from metrics.statistics.core import Estimate
from report import numbers
from report.rows.estimates import bounds
from report.sheets.sheet import Sheet, Sheets, level, refused, sentence
from report.text.catalogue import say
from report.words import words

FORMS = ("who_answers", "survey_load", "ask_next")


def sheets_of(silent: Silent) -> Sheets:
    """Who answers, how often people are asked, what to ask next."""
    standfirst = say("silent.silent.standfirst", span=words.span(silent.query.start, silent.query.end))
    if silent.refused or not silent.waves:
        title = say("silent.silent.title_none")
        only = refused("who_answers", silent.refused) if silent.refused else _ask(silent)
        return Sheets("silent", silent.query, title + ".", standfirst, (only,), silent.warnings)
    sheets = (_waves(silent), *([_load(silent)] if silent.load else []), _ask(silent))
    return Sheets("silent", silent.query, _title(silent) + ".", standfirst, sheets, silent.warnings)


def _title(silent: Silent) -> str:
    first = max(silent.waves, key=_moved)
    shown = {"survey": first.survey, "rate": numbers.percent(first.rate.value)}
    if first.corrected is None or first.raw is None:
        return say("silent.silent.title_rate", **shown)
    return say("silent.silent.title", raw=_points(first.raw), corrected=_points(first.corrected), **shown)


def _moved(wave: Wave) -> float:
    """How far the correction moves a score; of surveys without one the first."""
    if wave.corrected is None or wave.corrected.value is None or wave.raw is None or wave.raw.value is None:
        return -1.0
    return abs(wave.corrected.value - wave.raw.value)


def _points(estimate: Estimate) -> str:
    return numbers.number(estimate.value, "points", digits=0)


def _bounded(estimate: Estimate | None) -> str:
    if estimate is None or estimate.value is None:
        return numbers.NONE
    return f"{_points(estimate)} ({numbers.interval(estimate.low, estimate.high, 'points', digits=0)})"


def _corrected(wave: Wave) -> str:
    why = {
        "no_score": say("silent.silent.no_score"),
        "no_overlap": say("silent.silent.no_overlap"),
        "few": say("silent.silent.few"),
        "heavy": say("silent.silent.heavy", weight=numbers.fixed(wave.heaviest or 0.0, 0)),
    }
    return why[wave.refused] if wave.refused else _bounded(wave.corrected)


def _waves(silent: Silent) -> Sheet:
    return Sheet(
        "who_answers",
        "who_answers",
        _title(silent),
        say("silent.silent.what"),
        (
            say("silent.head.survey"),
            say("silent.head.invited"),
            say("silent.head.rate"),
            say("silent.head.indicator"),
            say("silent.head.raw"),
            say("silent.head.corrected"),
            say("silent.head.lower"),
        ),
        tuple(
            (
                wave.survey,
                numbers.whole(wave.invited),
                level(wave.rate, "rate"),
                numbers.NONE if wave.indicator is None else numbers.fixed(wave.indicator, 2),
                _bounded(wave.raw),
                _corrected(wave),
                numbers.NONE if wave.lower is None else numbers.number(wave.lower, "points", digits=0),
            )
            for wave in silent.waves
        ),
        tuple(
            {
                "survey": wave.survey,
                "invited": wave.invited,
                **bounds("answered", wave.rate),
                "r_indicator": wave.indicator,
                "scored": wave.scored,
                **bounds("nps", wave.raw),
                **bounds("nps_corrected", wave.corrected),
                "nps_if_silent_10_lower": wave.lower,
                "largest_weight": wave.heaviest,
                "not_corrected": wave.refused or None,
            }
            for wave in silent.waves
        ),
    )


def _load(silent: Silent) -> Sheet:
    whole = sum(one.persons for one in silent.load)
    often = sum(one.persons for one in silent.load if one.times > 2)
    return Sheet(
        "survey_load",
        "survey_load",
        say("silent.silent.load_title", share=numbers.percent(often / whole if whole else 0.0)),
        say("silent.silent.load_what"),
        (say("silent.head.times"), say("silent.head.people"), say("silent.head.rate")),
        tuple(
            (
                say("silent.silent.times_more", times=one.times)
                if one.times == 5
                else say("silent.silent.times", times=one.times),
                numbers.whole(one.persons),
                numbers.percent(one.rate, 1),
            )
            for one in silent.load
        ),
        tuple({"invitations": one.times, "people": one.persons, "answered": one.rate} for one in silent.load),
    )


def _ask(silent: Silent) -> Sheet:
    first = next(iter(silent.ask), None)
    if first is None:
        title = say("silent.silent.ask_none")
    elif first.weeks is None or first.invitations is None:
        title = say("silent.silent.ask_unasked", stage=first.stage)
    else:
        title = say(
            "silent.silent.ask_title",
            stage=first.stage,
            invitations=numbers.whole(first.invitations),
            weeks=numbers.fixed(max(first.weeks, 1.0)),
        )
    return Sheet(
        "ask_next",
        "ask_next",
        title,
        sentence([say("silent.silent.ask_what", settled=silent.settled)]),
        (
            say("silent.head.stage"),
            say("silent.head.value"),
            say("silent.head.minimum"),
            say("silent.head.answers"),
            say("silent.head.survey"),
            say("silent.head.invitations"),
            say("silent.head.weeks"),
        ),
        tuple(_line(one) for one in silent.ask),
        tuple(
            {
                "stage": one.stage,
                "metric": one.metric,
                "minimum": one.line,
                **bounds("value", one.value),
                "n": one.n,
                "answers_missing": one.answers,
                "survey": one.survey or None,
                "invitations": one.invitations,
                "weeks": one.weeks,
            }
            for one in silent.ask
        ),
    )


def _line(one: Ask) -> tuple[str, ...]:
    return (
        one.stage,
        level(one.value, "rate") if one.value else say("silent.silent.nobody"),
        numbers.percent(one.line),
        numbers.whole(one.answers),
        one.survey or say("silent.silent.no_survey"),
        numbers.NONE if one.invitations is None else numbers.whole(one.invitations),
        numbers.NONE if one.weeks is None else numbers.fixed(max(one.weeks, 1.0)),
    )
