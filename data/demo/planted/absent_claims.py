"""What is not there: five findings a dashboard must not make."""

from collections.abc import Callable

import numpy as np

from data.demo.calendar import DAY
from data.demo.planted.claims import Claim, Measure, View, gap, share
from data.demo.planted.effect_claims import LAST, buyers

Mask = Callable[[View], np.ndarray]


def _weekend(b: View) -> np.ndarray:
    return (b.o.world.episodes.start // DAY) % 7 >= 5


def _fast(b: View) -> np.ndarray:
    return b.o.world.z("vitals.lcp") < 0


def _before_after(what: Mask, of: Mask, before: tuple[int, int], after: tuple[int, int]) -> dict[str, Measure]:
    return {
        "after": lambda s, b: share(what(b), of(b) & b.weeks(*after)),
        "before": lambda s, b: share(what(b), of(b) & b.weeks(*before)),
    }


ABSENT = (
    Claim(
        "N1",
        "The Evaluate release of week 62 changes nothing.",
        "completion after - before",
        "Evaluate visits",
        (58, 65),
        "Initiatives",
        "",
        _before_after(lambda b: b.o.shop.shortlisted, lambda b: b.alive & b.o.shop.evaluate, (58, 61), (62, 65)),
        gap("after", "before"),
    ),
    Claim(
        "N2",
        "The onboarding initiative began at a chance trough and changes nothing.",
        "completion after - trough",
        "order tracking visits",
        (53, 60),
        "Initiatives",
        "",
        _before_after(lambda b: b.o.after.tracked, lambda b: b.done & b.o.after.tracks, (53, 56), (57, 60)),
        gap("after", "before"),
    ),
    Claim(
        "N3",
        "Loading time within 'good' has no effect.",
        "completion of the faster - the slower half",
        "Buy visits",
        (1, LAST),
        "Drivers",
        "",
        {
            "faster": lambda s, b: share(b.o.buy.ordered, b.online & _fast(b)),
            "slower": lambda s, b: share(b.o.buy.ordered, b.online & ~_fast(b)),
        },
        gap("faster", "slower"),
    ),
    Claim(
        "N4",
        "Weekends are like weekdays.",
        "completion at weekends - on weekdays",
        "Buy visits",
        (1, LAST),
        "Overview",
        "",
        {
            "weekend": lambda s, b: share(b.o.buy.ordered, b.online & _weekend(b)),
            "weekday": lambda s, b: share(b.o.buy.ordered, b.online & ~_weekend(b)),
        },
        gap("weekend", "weekday"),
    ),
    Claim(
        "N5",
        "Business customers are like consumers.",
        "CSAT B2B - consumers",
        "online orders",
        (1, LAST),
        "Journey",
        "",
        {
            "B2B": lambda s, b: share(b.o.buy.mood > 0, buyers(b) & b.o.world.of(b.o.world.people.b2b)),
            "consumer": lambda s, b: share(b.o.buy.mood > 0, buyers(b) & ~b.o.world.of(b.o.world.people.b2b)),
        },
        gap("B2B", "consumer"),
    ),
)
