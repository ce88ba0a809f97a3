"""An answer in words: its score, its language."""

from report import numbers
from report.text.catalogue import say

SAID = {
    "nps": "NPS",
    "csat": say("words.answer_words.satisfied"),
    "ces": say("words.answer_words.easy"),
    "expectation_before": say("words.answer_words.expected_beforehand"),
    "disconfirmation": say("words.answer_words.against_expectation"),
    "expectation": say("words.answer_words.against_expectation"),
    "sus": say("words.answer_words.usability"),
    "seq": say("words.answer_words.ease_of_the_task"),
}


LANGUAGES = {
    "de": say("words.answer_words.german"),
    "en": say("words.answer_words.english"),
    "fr": say("words.answer_words.french"),
    "es": say("words.answer_words.spanish"),
    "it": say("words.answer_words.italian"),
    "nl": say("words.answer_words.dutch"),
    "pt": say("words.answer_words.portuguese"),
    "pl": say("words.answer_words.polish"),
}


COMPARED = {
    -1: say("words.answer_words.fell_short_of_what_was_expected"),
    0: say("words.answer_words.as_expected"),
    1: say("words.answer_words.better_than_expected"),
}


def score(metric: str | None, value: float | None, most: float | None) -> str:
    """A score in words: NPS 9, satisfied 2 of 5, expected beforehand 6 of 7, satisfied: no."""
    if value is None:
        return ""
    if metric == "disconfirmation" and value in COMPARED:
        return COMPARED[int(value)]
    name = SAID.get(metric or "", (metric or "score").replace("_", " "))
    if most == 1 and value in (0, 1):  # a thumb, not a scale
        return f"{name}: {(say('words.answer_words.yes') if value else say('words.answer_words.no'))}"
    of = say("words.answer_words.of", most=numbers.short(most)) if most is not None and metric != "nps" else ""
    return f"{name} {numbers.short(value)}{of}"


def language(code: str | None) -> str:
    """A language code in words; an unknown code stays a code."""
    return LANGUAGES.get((code or "").split("-")[0].lower(), code or "")
