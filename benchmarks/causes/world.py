"""A small company as plain files: who was unhappy, and three things they met, of which one makes unhappy or none does.

The decoys: one is met by the channel (mostly in the app), and who comes by the app came for the harder task, which makes unhappy by
itself; the other is met by chance. Nothing of the product is used here.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

FIRST = datetime(2025, 3, 3)
DAYS = 300
THINGS = ("promise_said", "promise", "error", "dead_click", "page", "reason")
PLANTED, MIXED, NOISE = "planted", "met by channel", "noise"
EFFECT = 0.22  # more unhappy among those who met the planted cause
HARD = {"easy": 0.18, "hard": 0.38}  # unhappy without it, by task
OFTEN = 0.25
BY_CHANNEL = {"app": 0.4, "web": 0.12}
DAY = """
[[promise]]
name = "On the day"
stage = "{stage}"
evidence = "orders: delivered_at <= promised_at"
"""
STAGE = """
[[journey.stage]]
name = "{stage}"
paths = ["/{stage}/*"]
surveys = ["{stage}"]
goal = "event:purchase"

[[survey]]
name = "{stage}"
kind = "transactional"
trigger = "random"

[[promise]]
name = "The price of {stage}"
stage = "{stage}"
felt = "answers: {stage}/price = yes"
"""
HEADS = {
    "web_events": "event_id occurred_at event_name session_id anonymous_id customer_id url touch_channel task",
    "survey_answers": "response_id responded_at survey question_id metric scale_min scale_max score choice customer_id session_id order_id",
    "orders": "order_id ordered_at promised_at delivered_at session_id customer_id touch_channel task",
    "support_tickets": "ticket_id created_at first_reply_at category customer_id",
}


@dataclass(frozen=True)
class World:
    """What was planted: each of three things with its part, `effect` 0 where nothing makes unhappy."""

    stage: str
    parts: dict[str, str]
    effect: float

    def of(self, part: str) -> str:
        """The thing with this part."""
        return next(thing for thing, own in self.parts.items() if own == part)


def write(seeds: Sequence[int], folder: Path, answers: int, effect: float = EFFECT) -> dict[str, World]:
    """Write companies into one folder with sources.toml and journey.toml, each a stage of its own name with people of its own: to build
    them one by one would measure the start of a build. Returns the world of each stage."""
    rows: dict[str, list[tuple]] = {name: [] for name in HEADS}
    worlds = {f"s{seed}": _company(seed, answers, effect, rows) for seed in seeds}
    folder.mkdir(parents=True, exist_ok=True)
    blocks = ['[company]\nname = "Causes"\ntimezone = "UTC"\n']
    for name, own in rows.items():
        with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as out:
            csv.writer(out).writerows([HEADS[name].split(), *own])
        blocks.append(f'[[source]]\nname = "{name}"\nreader = "table"\npath = "{name}.csv"\ntable = "{name}"\n')
    (folder / "sources.toml").write_text("\n".join(blocks), encoding="utf-8")
    stages = [STAGE.format(stage=stage) for stage in worlds] + [DAY.format(stage=next(iter(worlds)))]
    (folder / "journey.toml").write_text("\n".join(['[[journey]]\nname = "Purchase"\n', *stages]), encoding="utf-8")
    return worlds


def _company(seed: int, answers: int, effect: float, rows: dict[str, list[tuple]]) -> World:
    """The rows of one company; nine in ten of its people answer once, the others twice."""
    random = np.random.default_rng(seed)
    chosen = [str(thing) for thing in random.permutation(THINGS)[:3]]
    world = World(f"s{seed}", dict(zip(chosen, (PLANTED, MIXED, NOISE))), effect)
    leaning = random.normal(0, 0.06, answers)  # people differ
    for number in range(answers):
        person = int(number * 0.9)
        _occasion(number, person, float(leaning[person]), world, random, rows)
    return world


def _occasion(
    number: int, person: int, leaning: float, world: World, random: np.random.Generator, rows: dict[str, list[tuple]]
) -> None:
    """One order with its visit, answered about nine days later."""
    task = "hard" if random.random() < 0.4 else "easy"
    channel = "app" if random.random() < (0.7 if task == "hard" else 0.25) else "web"
    met = {
        thing: random.random() < (BY_CHANNEL[channel] if part == MIXED else OFTEN)
        for thing, part in world.parts.items()
    }
    chance = HARD[task] + leaning + world.effect * met[world.of(PLANTED)]
    unhappy = random.random() < chance
    start = FIRST + timedelta(days=float(random.uniform(0, DAYS)))
    stage = world.stage
    who, session, order = (f"{letter}{stage}-{of}" for letter, of in (("c", person), ("v", number), ("o", number)))

    def at(days: float = 0, minutes: float = 0) -> str:
        return (start + timedelta(days=days, minutes=minutes)).isoformat(sep=" ", timespec="seconds")

    pages = ["start", *(["extra"] if met.get("page") else []), "pay"]
    names = [("page_view", page) for page in pages]
    names += [(thing, "pay") for thing in ("error", "dead_click") if met.get(thing)] + [("purchase", "pay")]
    rows["web_events"] += [
        (f"e{stage}-{number}-{i}", at(minutes=i), name, session, f"b{who}", who, f"https://shop.example/{stage}/{page}", channel, task)
        for i, (name, page) in enumerate(names)
    ]  # fmt: skip
    rows["orders"].append(
        (order, at(minutes=9), at(5), at(6 if met.get("promise") else 4), session, who, channel, task)
    )
    if met.get("reason"):
        rows["support_tickets"].append((f"t{order}", at(2), at(2, 60), "invoice", who))
    answered, response = at(9), f"r{order}"
    score = random.choice([1, 2, 3]) if unhappy else random.choice([4, 5])
    rows["survey_answers"].append(
        (response, answered, stage, "csat", "csat", 1, 5, int(score), "", who, session, order)
    )
    if "promise_said" in world.parts:
        said = "no" if met["promise_said"] else "yes"
        rows["survey_answers"].append((response, answered, stage, "price", "", "", "", "", said, who, session, order))
