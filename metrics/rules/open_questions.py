"""Which open questions about loaded records touch a metric: they travel with its numbers until somebody answers them."""

from data.questions import Question
from metrics.catalogue.definition import Definition
from metrics.codes import Warning, WarningCode, warn

# Part of a fact's or signal's name → the contract table its records come from.
COMES_FROM = {
    "visit": "web_events",
    "occasion": "web_events",
    "page": "web_events",
    "vitals": "page_vitals",
    "friction": "web_events",
    "answer": "survey_answers",
    "questionnaire": "survey_answers",
    "verbatim": "survey_answers",
    "comment": "survey_answers",
    "invitation": "survey_invitations",
    "ticket": "support_tickets",
    "contact": "support_tickets",
    "order": "orders",
    "promise": "orders",
}
EVERYTHING = "all"  # a file of which no table is known


def tables(definition: Definition) -> set[str]:
    """The contract tables whose records a metric counts, by the name of its fact and what it needs."""
    measure = definition.measure
    named = " ".join((measure.fact, measure.units or "", *measure.needs)).lower()
    return {table for part, table in COMES_FROM.items() if part in named} | (
        {"survey_answers"} if measure.survey else set()
    )


def touching(definition: Definition, questions: tuple[Question, ...]) -> list[Question]:
    """The open questions about records this metric counts. One about the answers to one kind of question touches only what is made of those."""
    own = tables(definition)
    return [
        q
        for q in questions
        if not q.confirmed
        and (q.touches == EVERYTHING and q.severe or q.touches in own)
        and (
            q.metric is None
            or f"'{q.metric}" in definition.measure.where
            or "unhappy" in definition.measure.where + definition.measure.value
        )
    ]


def warnings(definition: Definition, questions: tuple[Question, ...]) -> tuple[Warning, ...]:
    """What must be said beside the number: every severe open question it is touched by."""
    return tuple(warn(WarningCode.OPEN_QUESTION, question=q.asks) for q in touching(definition, questions) if q.severe)
