"""The relationship survey: waves to customers, a prize draw, people and an account that answer too often."""

import numpy as np

from data.demo.calendar import DAY, WEEK
from data.demo.customers.block import Outcome
from data.demo.customers.surveys import DRAW_WEEK, MAIL, PHONE, Batch, eleven

WAVES, WAVE_GAP = 3, 26
PANEL_SHARE, DRAW_SHARE = 0.30, 0.11
RATE = -3.05  # logit of answering with no recent order
ACCOUNT_WEEKS, VOICE_WEEKS = (8, 16), (17, 26)
BASE = 7.38


def relationship(o: Outcome) -> Batch:
    parts = [_waves(o), _draw(o)]
    if "T6" in o.on:
        parts += [_account(o), _voices(o)]
    person, invited, kind = (np.concatenate(column) for column in zip(*parts))
    return _answers(o, person, invited, kind)


WAVE, DRAW, ACCOUNT, VOICE = range(4)


def _waves(o: Outcome) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    n = o.world.people.n
    u = o.world.draws.uniform
    asked = u("wave.panel", n) < PANEL_SHARE
    offset = WAVE_GAP * WEEK * u("wave.offset", n)
    waves = int(np.ceil(o.world.window.weeks / WAVE_GAP))
    person = np.tile(np.arange(n), waves)
    invited = np.repeat(np.arange(waves) * WAVE_GAP * WEEK, n) + np.tile(offset, waves)
    invited = np.floor(invited / DAY) * DAY + 9.5 * 3600 + person % 1800
    keep = asked[person] & _customer_at(o, person, invited) & (invited < o.world.window.seconds)
    return person[keep], invited[keep], np.full(keep.sum(), WAVE)


def _draw(o: Outcome) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """One mailing with a prize draw in week 45."""
    person = np.flatnonzero(o.world.draws.uniform("draw.asked", o.world.people.n) < DRAW_SHARE * 1.4)
    invited = np.full(len(person), (DRAW_WEEK - 1) * WEEK + DAY + 10 * 3600.0) + person % 1800
    keep = _customer_at(o, person, invited) & (invited < o.world.window.seconds)
    return person[keep], invited[keep], np.full(keep.sum(), DRAW)


def _account(o: Outcome) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    person = np.flatnonzero(o.world.people.big_account)
    span = (ACCOUNT_WEEKS[1] - ACCOUNT_WEEKS[0]) * WEEK
    return person, ACCOUNT_WEEKS[0] * WEEK + span * o.world.people.mobile[person], np.full(len(person), ACCOUNT)


def _voices(o: Outcome) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    person = np.repeat(np.flatnonzero(o.world.people.frequent_voice), 10)
    at = VOICE_WEEKS[0] * WEEK + (np.arange(len(person)) % 10 + 0.5) * WEEK * (VOICE_WEEKS[1] - VOICE_WEEKS[0]) / 10
    return person, at, np.full(len(person), VOICE)


def _order_keys(o: Outcome) -> np.ndarray:
    done = o.after.done(o.buy)
    return np.sort(o.world.episodes.person[done] * 1e9 + o.when.ordered[done])


def _customer_at(o: Outcome, person: np.ndarray, at: np.ndarray) -> np.ndarray:
    keys = _order_keys(o)
    return o.world.people.known[person] | (
        np.searchsorted(keys, person * 1e9 + at) > np.searchsorted(keys, person * 1e9)
    )


def recent_orders(o: Outcome, person: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Orders in the 26 weeks before, capped at 3: seen by the company, and what ties answering to liking (E9)."""
    keys = _order_keys(o)
    begin = np.maximum(at - 26 * WEEK, 0)
    return np.minimum(3, np.searchsorted(keys, person * 1e9 + at) - np.searchsorted(keys, person * 1e9 + begin))


def _answers(o: Outcome, person: np.ndarray, invited: np.ndarray, kind: np.ndarray) -> Batch:
    people, n = o.world.people, len(person)
    slot = _slot(person, invited, kind)
    recent = recent_orders(o, person, invited)
    by_phone = (_pick(o, "phone", person, slot) < 0.15) & (kind == WAVE)
    noise = np.sqrt(2) * _gauss(_pick(o, "noise.1", person, slot), _pick(o, "noise.2", person, slot))
    likely = (
        BASE
        + 0.55 * recent
        + 1.25 * people.affinity[person]
        + 0.45 * people.scale[person]
        + 0.98 * noise / np.sqrt(2)
        + 0.6 * by_phone * ("T15" in o.on)
        + 0.24 * (kind == DRAW) * ("T14" in o.on)
    )
    likely = np.where(
        kind == ACCOUNT, 7.3 + 1.6 * noise / np.sqrt(2), np.where(kind == VOICE, 6.2 + 0.8 * noise, likely)
    )
    silent = "E9" in o.on
    odds = RATE + silent * (0.58 * recent + 0.12 * people.affinity[person]) + 0.32 * (not silent)
    odds = odds + 0.65 * ((kind == DRAW) & ("T14" in o.on)) + 1.5 * people.respond[person]
    said = (_pick(o, "said", person, slot) < 1 / (1 + np.exp(-odds))) | (kind >= ACCOUNT)
    responded = invited - 2.5 * DAY * np.log(1 - _pick(o, "delay", person, slot)) + 900
    answered = said & (responded < o.world.window.seconds)
    return Batch(
        "relationship-nps",
        person,
        np.full(n, -1),
        invited,
        responded,
        answered,
        np.where(by_phone, PHONE, MAIL),
        likely - 7.5,
        _pick(o, "words", person, slot),
        {"nps": eleven(likely), "recent": recent, "kind": kind},
        np.full(n, -1),
        kind == DRAW,
        np.zeros(n, dtype=np.int64),
    )


def _slot(person: np.ndarray, invited: np.ndarray, kind: np.ndarray) -> np.ndarray:
    """A number per person and invitation that does not depend on who else was invited."""
    return np.where(
        kind == VOICE,
        10 + (invited // (0.9 * WEEK)).astype(int) % 20,
        np.where(kind == WAVE, (invited // (WAVE_GAP * WEEK)).astype(int) % 7, 6 + kind),
    )


def _pick(o: Outcome, name: str, person: np.ndarray, slot: np.ndarray) -> np.ndarray:
    return o.world.draws.uniform("nps." + name, o.world.people.n * 32)[person * 32 + slot]


def _gauss(u: np.ndarray, v: np.ndarray) -> np.ndarray:
    return np.sqrt(-2 * np.log(1 - u)) * np.cos(2 * np.pi * v)
