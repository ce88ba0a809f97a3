"""What people write: sentences of phrases.toml put together, shortened and misspelt the way people do."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from data.demo import identity

POSITIVE, NEUTRAL, NEGATIVE = "pos", "neu", "neg"
TOPICS = {
    "browse-csat": ("search", "range", "photos", "price", "app", "general"),
    "configurator-csat": ("configurator", "configurator", "price", "photos", "general"),
    "checkout-csat": ("fee", "fee", "payment", "checkout", "price", "general"),
    "delivery-csat": ("assembly", "quality", "quality", "returns", "general"),
    "relationship-nps": ("quality", "price", "service", "range", "delivery", "general"),
    "service-effort": ("service", "service", "returns", "general"),
}
ELSEWHERE = ("store", "delivery")
COMPLAINT_BOX, ORDINARY = 0.275, 0.08  # share about store or delivery in Buy and in other surveys (E12)
NATIVE = ("delivery-csat", "relationship-nps", "service-effort")  # here delivery is the subject, not a stray
WRITE_SHARE = 0.40
PLEASED = 1.6


@cache
def phrases() -> dict[str, Any]:
    with (Path(__file__).parent / "phrases.toml").open("rb") as file:
        return tomllib.load(file)


class Dice:
    """A small deterministic generator: one uniform in, as many choices as a text needs out."""

    def __init__(self, u: float, salt: int = 0):
        self._state = (int(u * 2**52) ^ (salt * 0x9E3779B97F4A7C15)) & 0xFFFF_FFFF_FFFF_FFFF

    def unit(self) -> float:
        self._state = (self._state + 0x9E3779B97F4A7C15) & 0xFFFF_FFFF_FFFF_FFFF
        z = self._state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & 0xFFFF_FFFF_FFFF_FFFF
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & 0xFFFF_FFFF_FFFF_FFFF
        return ((z ^ (z >> 31)) >> 11) / 2**53

    def pick(self, options: Sequence[str]) -> str:
        return options[int(self.unit() * len(options))]


def comment(survey: str, mood: float, u: float, german: bool, number: int, complaint_box: bool) -> str:
    """The open answer to a survey, or '' where somebody leaves the box empty; `mood` is on the latent scale."""
    dice = Dice(u, 1)
    subject = subject_of(dice, survey, complaint_box)
    if not subject:
        return ""
    tone = tone_of(mood, dice.unit())
    if subject in ELSEWHERE and survey not in NATIVE:
        tone = POSITIVE if mood > PLEASED else NEGATIVE  # strays are complaints, unless somebody is very pleased
    return written(dice, subject, tone, "de" if german else "en", number)


def subject_of(dice: Dice, survey: str, complaint_box: bool) -> str:
    """What the comment is about; '' = no comment. In the complaint box people write about store and delivery (E12)."""
    if dice.unit() > WRITE_SHARE:
        return ""
    share = COMPLAINT_BOX if survey == "checkout-csat" and complaint_box else ORDINARY
    stray, choice = dice.unit(), dice.unit()
    options = ELSEWHERE if survey not in NATIVE and stray < share else TOPICS[survey]
    return options[int(choice * len(options))]


def tone_of(mood: float, u: float) -> str:
    """Mostly what the score says; now and then somebody unhappy writes kindly, and the other way round."""
    shifted = mood + 1.1 * (u - 0.5)
    return POSITIVE if shifted > 0.15 else NEGATIVE if shifted < -0.25 else NEUTRAL


def written(dice: Dice, topic: str, tone: str, language: str, number: int) -> str:
    """From a single word to a paragraph, with the writer's own spelling and sometimes an address to be called back."""
    book = phrases()[language]
    length = dice.unit()
    if length < 0.09 and topic not in ELSEWHERE:
        return dice.pick(book["one"][tone])
    parts = [dice.pick(book[topic][tone])]
    if length > 0.55:
        parts.insert(0, dice.pick(book["open"][tone]))
    if length > 0.72:
        parts.append(dice.pick(book["close"][tone]))
    if length > 0.92:
        parts.insert(1, dice.pick(book["story"]))
        parts.insert(3, dice.pick(book[topic][tone]))
    text = " ".join(dict.fromkeys(parts))
    if dice.unit() < 0.02:
        text += " " + dice.pick(book["reach"]).format(email=identity.email(number), phone=identity.phone(number))
        return text
    return _spelt(dice, text)


def _spelt(dice: Dice, text: str) -> str:
    style = dice.unit()
    if style < 0.22:
        text = text.lower()
    elif style < 0.25:
        text = text.upper()
    if dice.unit() < 0.30:
        text = text.rstrip(".!")
    for _ in range(int(dice.unit() < 0.22) + int(len(text) > 160 and dice.unit() < 0.5)):
        text = _typo(dice, text)
    return text


def _typo(dice: Dice, text: str) -> str:
    at = 1 + int(dice.unit() * max(1, len(text) - 2))
    kind = dice.unit()
    if kind < 0.4:
        return text[:at] + text[at + 1 :]
    if kind < 0.8:
        return text[: at - 1] + text[at : at + 1] + text[at - 1 : at] + text[at + 1 :]
    return text[:at] + text[at - 1 : at] + text[at:]
