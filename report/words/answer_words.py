"""An answer in words: its score, its language."""

from report import numbers

SAID = {
    "nps": "NPS",
    "csat": "satisfied",
    "ces": "easy",
    "expectation_before": "expected beforehand",
    "disconfirmation": "against expectation",
    "expectation": "against expectation",
    "sus": "usability",
    "seq": "ease of the task",
}


LANGUAGES = {
    "de": "German",
    "en": "English",
    "fr": "French",
    "es": "Spanish",
    "it": "Italian",
    "nl": "Dutch",
    "pt": "Portuguese",
    "pl": "Polish",
}


COMPARED = {-1: "fell short of what was expected", 0: "as expected", 1: "better than expected"}


def score(metric: str | None, value: float | None, most: float | None) -> str:
    """A score in words: NPS 9, satisfied 2 of 5, expected beforehand 6 of 7, satisfied: no."""
    if value is None:
        return ""
    if metric == "disconfirmation" and value in COMPARED:
        return COMPARED[value]
    name = SAID.get(metric or "", (metric or "score").replace("_", " "))
    if most == 1 and value in (0, 1):  # a thumb, not a scale
        return f"{name}: {'yes' if value else 'no'}"
    of = f" of {numbers.short(most)}" if most is not None and metric != "nps" else ""
    return f"{name} {numbers.short(value)}{of}"


def language(code: str | None) -> str:
    """A language code in words; an unknown code stays a code."""
    return LANGUAGES.get((code or "").split("-")[0].lower(), code or "")
