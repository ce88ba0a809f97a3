"""Which file is spoiled how: the same list for the same seed, every operator on as many readers and kinds as it fits."""

from dataclasses import dataclass
from functools import cache
from itertools import islice
from random import Random

from benchmarks.mutants.formats import ENDINGS, bytes_of, inner, packed, text_of
from benchmarks.mutants.operators import operators
from benchmarks.mutants.register import ALL, COUNT, Operator
from benchmarks.mutants.seeds import Seed, seeds


@dataclass(frozen=True)
class Mutant:
    """One spoiled file. `records`: how many it holds, where that is known; `whole`: whether all of them must load."""

    number: int
    seed: Seed
    operator: Operator
    name: str
    content: bytes
    records: int | None
    whole: bool


@cache
def _pairs() -> dict[str, list[tuple[Seed, Operator]]]:
    """By reader, every operator with every seed it fits."""
    found: dict[str, list[tuple[Seed, Operator]]] = {}
    for seed in seeds():
        found.setdefault(seed.reader, []).extend((seed, each) for each in operators() if each.fits(seed))
    return found


def mutant(number: int, seed: int) -> Mutant:
    """The `number`-th spoiled file of a run. Half are for the table reader, which has most kinds."""
    random = Random(f"{seed}-{number}")
    reader = random.choices(("table", "ga4", "zendesk", "qualtrics"), (45, 18, 19, 18))[0]
    named = {each.name for _, each in _pairs()[reader]}
    wanted = sorted(named)[(number + seed) % len(named)]  # each operator as often as any other
    chosen, act = random.choice([pair for pair in _pairs()[reader] if pair[1].name == wanted])
    return spoil(number, chosen, act, random)


def spoil(number: int, seed: Seed, act: Operator, random: Random) -> Mutant:
    """One act on one seed."""
    ending = "." + ENDINGS.get(seed.kind, seed.kind)
    name, rows = seed.name or f"export{ending}", seed.rows
    if act.level == "rows":
        rows = act.act(rows, random)
        content = bytes_of(rows, seed.kind)
    elif act.level == "text":
        kind = inner(seed.kind)
        text = act.act(text_of(rows, kind), random, kind)
        content = packed(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"), seed.kind)
    elif act.level == "name":
        name, content = act.act(ending, random), bytes_of(rows, seed.kind)
    else:
        content = act.act(bytes_of(rows, seed.kind), random)
    known = act.holds in (ALL, COUNT) and not seed.read
    return Mutant(
        number, seed, act, name, content, len(rows.rows) if known else None, act.holds == ALL and known and seed.loads
    )


def mutants(first: int, count: int, seed: int) -> list[Mutant]:
    """`count` of them from `first` on."""
    return list(islice((mutant(number, seed) for number in range(first, first + count)), count))
