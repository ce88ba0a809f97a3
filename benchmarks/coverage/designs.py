"""The designs: what is drawn, for which metric, at which n, and what is true of it."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from benchmarks.coverage import people
from benchmarks.coverage.judge import Design
from benchmarks.coverage.people import frame

CONTENT = (0.03, 0.04, 0.10, 0.30, 0.53)
CEILING = (0.01, 0.01, 0.02, 0.11, 0.85)
RARELY_BAD = (0.01, 0.005, 0.005, 0.03, 0.95)
SIGMA = 1.3
PAIR = (205, 120, 48, 39)  # smooth & satisfied, smooth & unhappy, struggled & satisfied, struggled & unhappy
PAIR_HARD = (240, 40, 50, 70)  # struggling does matter


def shares() -> Iterator[Design]:
    """Yes or no, a tenth heavy users, people who differ."""
    for n in (12, 25, 50, 100, 200, 400, 550, 1600):
        yield _yes("completion, a tenth heavy users", "completion_rate", n, 0.7, 1.2)
    for n in (25, 100, 400):
        yield _yes("completion near everybody, a tenth heavy", "completion_rate", n, 4.0, 1.2)
        yield _yes("errors of few, a tenth heavy", "error_rate", n, -4.0, 1.2)
    for n in (5, 20, 150, 550, 600):
        yield _yes("CSAT top-2, heavy users", "csat_t2b_5", n, 1.2, 1.5)
    for n in (5, 20, 100, 240, 310, 400):
        yield _yes("CSAT top-2, an answer each", "csat_t2b_5", n, 1.8, 0.0, heavy=None)
    for n in (40, 150, 550, 600):
        yield _yes("anger in texts, heavy writers", "emotion_anger", n, -2.5, 1.2)


def _yes(what: str, metric: str, n: int, centre: float, sd: float, heavy: float | None = 0.1) -> Design:
    if heavy is None:
        return Design(
            what,
            metric,
            n,
            lambda rng, runs: frame(
                rng, runs, n, v=(rng.random((runs, n)) < people.mean_chance(centre, 0)).astype(float)
            ),
            people.mean_chance(centre, 0.0),
        )
    return Design(
        what,
        metric,
        n,
        lambda rng, runs: _with_texts(people.yes_no(rng, runs, n, centre, sd, heavy)),
        people.mean_chance(centre, sd),
    )


def _with_texts(rows: pd.DataFrame) -> pd.DataFrame:
    """What the SQL of texts asks for besides: every text could be scored."""
    return rows.assign(cues=1, not_scored=None, scorer="lists")


def scores() -> Iterator[Design]:
    """Means on a scale, and NPS."""
    for shares_, name in ((CONTENT, "content"), (CEILING, "at the ceiling"), (RARELY_BAD, "almost all 5 of 5")):
        for n in (5, 10, 20, 40, 100, 400):
            yield Design(
                f"CSAT mean, {name}",
                "csat_mean",
                n,
                lambda rng, runs, n=n, s=shares_: people.ratings(rng, runs, n, s),
                people.mean_rating(shares_),
            )
    for shares_, name in ((CONTENT, "content"), (CEILING, "at the ceiling")):
        for n in (12, 50, 150, 400):
            yield Design(
                f"CSAT mean, {name}, heavy users",
                "csat_mean",
                n,
                lambda rng, runs, n=n, s=shares_: people.ratings(
                    rng, runs, n, s, often=people.visits(rng, runs, n), alike=0.6
                ),
                people.mean_rating(shares_),
            )
    for shares_, name in (((0.2, 0.3, 0.5), "50 promote"), ((0.02, 0.06, 0.92), "92 promote")):
        truth = 100 * people.mean_rating(shares_, -1)
        for n in (5, 20, 100, 400):
            yield Design(
                f"NPS, {name}",
                "nps_transactional",
                n,
                lambda rng, runs, n=n, s=shares_: people.ratings(rng, runs, n, s, -1),
                truth,
            )
        for n in (12, 50, 150, 600):
            yield Design(
                f"NPS, {name}, heavy users",
                "nps_transactional",
                n,
                lambda rng, runs, n=n, s=shares_: people.ratings(rng, runs, n, s, -1, people.visits(rng, runs, n), 0.6),
                truth,
            )


def times() -> Iterator[Design]:
    """Percentiles of times: of few, of heavy users, with some still open."""
    for metric, q in (("first_response_p50", 0.5), ("first_response_p90", 0.9)):
        for n in (5, 10, 20, 40, 100, 400):
            yield _replies("time to first reply", metric, n, q, 1)
        for n in (10, 40, 200, 220):
            yield _replies("time to first reply, two tickets a person", metric, n, q, 2)
    for metric, q in (("dwell_p50", 0.5), ("dwell_p75", 0.75)):
        for n in (5, 12, 50, 200, 1000):
            yield Design(
                "dwell, a tenth heavy users",
                metric,
                n,
                lambda rng, runs, n=n: _dwell(rng, runs, n),
                60 * _lognormal_quantile(q, 0.9),
            )
    for n in (5, 20, 100, 400):
        yield Design(
            "LCP, a visit each",
            "lcp_p75",
            n,
            lambda rng, runs, n=n: frame(rng, runs, n, v=np.round(2500 * np.exp(0.6 * rng.normal(size=(runs, n))))),
            2500 * _lognormal_quantile(0.75, 0.6) / 1000,
        )


def _lognormal_quantile(q: float, sigma: float) -> float:
    from statistics import NormalDist

    return float(np.exp(sigma * NormalDist().inv_cdf(q)))


def _dwell(rng: np.random.Generator, runs: int, n: int) -> pd.DataFrame:
    often = people.visits(rng, runs, n)
    own = (0.6 * rng.normal(size=(runs, n))).ravel().repeat(often.ravel())
    rest = np.sqrt(0.9**2 - 0.6**2) * rng.normal(size=own.size)
    return frame(rng, runs, n, often, v=np.round(60_000 * np.exp(own + rest)))


def _replies(what: str, metric: str, n: int, q: float, each: int) -> Design:
    def draw(rng: np.random.Generator, runs: int) -> pd.DataFrame:
        often = np.full((runs, n), each)
        own = (rng.normal(size=(runs, n)) * (0.7 if each > 1 else 0)).ravel().repeat(each)
        hours = 4 * np.exp(own + rng.normal(size=own.size) * (np.sqrt(1 - 0.49) if each > 1 else 1))
        open_for = rng.uniform(2, 24 * 60, own.size)  # tickets of the last 60 days: few are still open
        found = frame(rng, runs, n, often, v=np.minimum(hours, open_for) * 3.6e6)
        return found.assign(
            ending=(hours <= open_for).astype(int), counted=True, ticket_key=[str(i) for i in range(len(found))]
        )

    return Design(what, metric, n, draw, 4 * _lognormal_quantile(q, 1.0), parts=(("ending", "f.ending"),))
