"""The surveys of the Data page as rows of text: who answered is told only where it is of enough people, in every column."""

from typing import Any

from metrics.thresholds import PERSONS
from report import numbers
from report.text.catalogue import say
from report.words import words

NONE = "–"


def head() -> list[str]:
    """The names of the columns."""
    return [
        say("report.survey_rows.survey"),
        say("report.survey_rows.kind"),
        say("report.survey_rows.responses"),
        say("report.survey_rows.invited"),
        say("report.survey_rows.answered"),
        say("report.survey_rows.latest"),
    ]


def rows(surveys: list[dict[str, Any]], exact: bool = False) -> list[list[str]]:
    """One row a survey of metrics/sql/survey_load.sql. `exact`: for who may see single persons. Responses, their latest day and the
    share that answered go together: from the share of those invited the responses would follow."""
    return [_row(one, exact) for one in surveys]


def _row(one: dict[str, Any], exact: bool) -> list[str]:
    told = exact or min(one["responses"], one["persons"]) >= PERSONS
    share = told and (exact or not any(0 < (one[side] or 0) < PERSONS for side in ("answerers", "silent")))
    return [
        one["survey"],
        one["kind"] or say("report.survey_rows.not_declared"),
        numbers.whole(one["responses"]) if told else say("report.survey_rows.few", persons=PERSONS),
        numbers.whole(one["invitations"]) if one["invitations"] else NONE,
        NONE
        if one["response"] is None
        else numbers.percent(one["response"], 1)
        if share
        else say("report.survey_rows.withheld"),
        words.day(one["latest"]) if one["latest"] and told else NONE,
    ]
