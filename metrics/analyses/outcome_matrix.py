"""The pair as counts: answered occasions by how they went and how they felt, under the same filters as everything else."""

from dataclasses import dataclass, replace

from data.store.generations import Generation
from data.store.opened import GROUPS
from metrics.catalogue.load import definition
from metrics.compute.sums import sums
from metrics.kinds.sums import pair_counts
from metrics.present import present
from metrics.query import context
from metrics.query.named_sql import ask_rows
from metrics.query.query import Query
from metrics.query.resolve import resolve
from metrics.rules import privacy
from metrics.rules.access import within_rights
from metrics.rules.disclosure.withheld import everything_told, guards


@dataclass(frozen=True)
class PairCounts:
    """`four`: smooth & satisfied, smooth & unhappy, struggled & satisfied, struggled & unhappy."""

    stage: str
    occasions: int
    answered: int
    four: tuple[int, int, int, int]
    outcome: str = ""  # the metric that decides who is unhappy in the stage: csat, ces or nps


@within_rights
def pair_of(query: Query, generation: Generation) -> dict[str, PairCounts]:
    """Stage → counts, for stages about which enough people answered, and that keep no other from being withheld."""
    known = context.read(generation)
    query = replace(resolve(query, known), by=("stage",), compare=None)
    answered, _ = sums(definition("unhappy_though_smooth"), query, generation, known)
    everyone, _ = sums(definition("smooth_rate"), query, generation, known)
    kept = set(answered)
    if not everything_told(query, generation):
        kept = privacy.disclosable(answered) & privacy.disclosable(everyone)
    if generation.shows == GROUPS:
        both = ("unhappy_though_smooth", "smooth_rate")
        every = [one for metric in both for one in guards(definition(metric), query, generation)]
        kept = {key for key in kept if not any(one.why({"stage": key[0]}) for one in every)}
    outcomes = {row["stage"]: row["metric"] for row in ask_rows(generation, "outcomes", {"journey": query.journey})}
    exact = privacy.rounded if query.confidential else int
    made = {}
    for key, found in answered.items():
        if key not in kept:
            continue
        stage = present(key[0])
        first, second, third, fourth = (exact(count) for count in pair_counts(found))
        counted = exact(everyone[key].n), exact(found.n)
        made[stage] = PairCounts(stage, *counted, (first, second, third, fourth), outcomes.get(stage, ""))
    return made
