"""Who the company's visitors are: fixed traits of a block of people."""

from dataclasses import dataclass

import numpy as np

from data.demo.draws import Draws

BLOCK = 4_000  # people a block: the unit of seeds, work and memory; part of the output's identity
REGIONS = ("North", "West", "South", "East", "Austria")
WEB, IOS, ANDROID = 0, 1, 2
BUYER_SHARE, KNOWN_SHARE = 0.30, 0.85
BIG_ACCOUNT = "ACC-0001"


@dataclass(frozen=True)
class People:
    """One entry per person; `friction`, `affinity`, `scale`, `respond` are standard normal random effects."""

    number: np.ndarray  # running number over all blocks
    buyer: np.ndarray  # high intent; the others mostly look
    known: np.ndarray  # had ordered before the window opened
    tenure: np.ndarray  # days a known customer had been one when the window opened
    b2b: np.ndarray
    region: np.ndarray
    german: np.ndarray
    app: np.ndarray  # WEB, IOS or ANDROID
    mobile: np.ndarray  # uniform; on the web, below the week's mobile share = mobile
    friction: np.ndarray
    affinity: np.ndarray
    scale: np.ndarray
    respond: np.ndarray
    login: np.ndarray  # signs in on the main browser without having ordered
    consent: np.ndarray  # uniform; decides what the consent banner leaves of this person
    staff: np.ndarray  # test traffic of the company's own people
    internal: np.ndarray  # employees who really buy
    frequent_voice: np.ndarray  # sends the same complaint ten times (T6)
    big_account: np.ndarray  # one of 300 people of a single account (T6)

    @property
    def n(self) -> int:
        return len(self.number)


def people(draws: Draws, first: int, n: int) -> People:
    """`n` people numbered from `first`; n <= BLOCK."""
    u, z, number = draws.uniform, draws.normal, first + np.arange(n)
    buyer = u("person.buyer", n) < BUYER_SHARE
    app = np.searchsorted([0.69, 0.87], u("person.app", n), side="right")
    big = number % 200 == 57
    return People(
        number=number,
        buyer=buyer,
        known=buyer & (u("person.known", n) < KNOWN_SHARE),
        tenure=(30 + 1_400 * u("person.tenure", n) ** 1.5).astype(np.int64),
        b2b=(u("person.b2b", n) < 0.12) | big,
        region=np.searchsorted([0.22, 0.46, 0.68, 0.84], u("person.region", n), side="right"),
        german=u("person.german", n) < 0.62,
        app=app,
        mobile=u("person.mobile", n),
        friction=z("person.friction", n),
        affinity=z("person.affinity", n),
        scale=z("person.scale", n),
        respond=z("person.respond", n),
        login=u("person.login", n) < 0.30,
        consent=u("person.consent", n),
        staff=number % 1000 == 7,
        internal=number % 200 == 11,
        frequent_voice=number % 1500 == 77,
        big_account=big,
    )
