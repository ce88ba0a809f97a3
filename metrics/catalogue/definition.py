"""What a metric is: one definition, as its TOML file says it. A leaf: it imports no other room (loading: metrics.catalogue.load)."""

from dataclasses import dataclass, field
from typing import Any

LENSES = ("interaction", "service", "emotion", "loyalty", "value")
UNITS = ("rate", "points", "score", "seconds", "hours", "count", "money")
# What a metric counts, and the table behind it: a population has no bots, colleagues, duplicates or empty scores in it (data/model/pop_*.sql).
POPULATIONS = {
    "people_visits": "visits",
    "people_occasions": "occasions",
    "scored_answers": "answers",
    "people_answers": "answers",
    "people_comments": "answers",
    "counted_tickets": "tickets",
    "opened_tickets": "tickets",
    "people_orders": "orders",
    "placed_orders": "orders",
    "people_invitations": "invitations",
    "people_questionnaires": "questionnaires",
    "people_promises": "promises",
    "people_friction_moments": "friction_moments",
    "people_help_visits": "help_visits",
    "people_exposures": "exposures",
    "people_vitals": "vitals",
    "people_verbatims": "verbatims",
}
# The tables themselves stay: a company's own definitions may name them, with whatever they leave out.
FACTS = (*dict.fromkeys(POPULATIONS.values()), *POPULATIONS)


@dataclass(frozen=True)
class Measure:
    """How the numbers are counted: `value` per row of `fact` (or of metrics/sql/<units>.sql), rows kept by `where`."""

    kind: str
    fact: str
    value: str = "1"
    where: str = "true"
    units: str | None = None
    needs: tuple[str, ...] = ()  # signals without which the metric is not collected
    vote: str | None = None  # one row a vote: the latest by vote_order
    vote_order: str | None = None
    survey: bool = False  # answered, not observed: a stage without a survey is not_asked
    requires: tuple[str, ...] = ()  # dimensions without which the number has no meaning
    dimensions: tuple[str, ...] = ()  # the only columns it can be cut by, where that is less than the fact has
    mature_days: int = 0  # rows of the last so many days are too recent to be judged
    parts: dict[str, str] = field(default_factory=dict)  # further expressions the kind's SQL asks for, by name
    field: str | None = None  # which number of the pair
    quantile: float | None = None
    scale: tuple[float, ...] = ()  # lowest and highest value there can be, of a mean: its interval keeps within them

    @property
    def table(self) -> str:
        """The table behind the population counted."""
        return POPULATIONS.get(self.fact, self.fact)


@dataclass(frozen=True)
class Definition:
    """One metric. `precise` is the half-width aimed at, `usual_spread` the SD of one row where the metric is as it usually is (a level is
    plain from as many people as bring the first at the second), `matters` the smallest change worth acting on."""

    id: str
    label: str
    short: str
    lens: str
    side: str
    unit: str
    better: str
    population: str
    grain: str
    sentence: str
    formula: str
    interval: str
    estimand: str
    source: str
    precise: float
    matters: float
    measure: Measure
    version: int = 1
    min_n: int = 30
    usual_spread: float = 0  # 0: what its kind says
    heart: str | None = None
    scope: str = "stage"  # stage | journey: relationship metrics belong to no stage
    goal: str = ""
    signal: str = ""
    suggested_question: str = ""
    also_known_as: tuple[dict[str, Any], ...] = field(default_factory=tuple)
