"""The lists of metrics.lists in words: their findings, columns and what is drawn, the same on a page and in a file."""

from dataclasses import dataclass

from metrics.analyses.lists import Listed, writers
from metrics.analyses.stage_scores import Position
from metrics.query.query import Query
from metrics.thresholds import PERSONS, VERBATIMS
from report import numbers
from report.words import answer_words, movement_words, words


@dataclass(frozen=True)
class Column:
    """`key` of a row, its head, and how it is written: text, count, rate (0–1), number or day; `drawn` in a picture, which holds few."""

    key: str
    head: str
    kind: str = "text"
    drawn: bool = True


PEOPLE = Column("persons", "People", "count")


COLUMNS = {
    "moves": (
        Column("from_stage", "From"),
        Column("to_stage", "Next"),
        Column("visits", "Visits", "count"),
        Column("share", "Share of the visits", "rate"),
        PEOPLE,
    ),
    "reasons": (
        Column("reason", "Reason"),
        Column("tickets", "Tickets", "count"),
        Column("share", "Share", "rate"),
        PEOPLE,
    ),
    "pages": (
        Column("page", "Page"),
        Column("visits", "Visits", "count", drawn=False),
        Column("views", "Views", "count"),
        Column("frictions", "Marks of friction", "count", drawn=False),
        Column("per_100", "Per 100 views", "number"),
        Column("exits", "Exits", "count", drawn=False),
        Column("exit_rate", "Exits per view", "rate"),
        Column("exit_low", "from", "rate", drawn=False),
        Column("exit_high", "to", "rate", drawn=False),
        PEOPLE,
    ),
    "words": (
        Column("comment", "In their words"),
        Column("felt", "Felt"),
        Column("score", "Score"),
        Column("survey", "Survey"),
        Column("day", "Day", "day"),
        Column("touch_channel", "Touch channel"),
        Column("language", "Language"),
    ),
}


WHAT = {
    "moves": "Visits by where they went next: forward above in grey, back below in blue; width is share. A return to a page within a stage is “Went back” above.",
    "reasons": "Counted tickets by reason; reasons of fewer than five people left out",
    "pages": "Rage clicks, dead clicks and errors per 100 views; exits: visits that left the journey after this page, done or not",
    "words": "Drawn at random; e-mail addresses, phone and card numbers removed",
}


NATIVE = {
    "moves": "Share of a stage’s visits by where they went next, or how they ended; beside each name the visits",
    "reasons": "Share of the counted tickets by reason; beside each name the tickets",
    "pages": "Rage clicks, dead clicks and errors per 100 views; beside each page its views",
    "words": "In people’s own words, drawn at random; e-mail addresses, phone and card numbers removed",
}


HOW = {
    "moves": "Visits of a session to the stages of the journey, in the order they were entered; the next stage is where the visit went from the first, "
    "“left” means that the session ended there, with the stage's goal reached or without. The share is of all visits to the first stage. "
    "A stage that none leads to is where visits of their own began. Bots and staff tests are left out.",
    "reasons": "Tickets that count as a request for help (no merged, spam, outbound or automatic ones) by the reason their category names; the share is "
    "of the tickets listed.",
    "pages": "Rage clicks, dead clicks and errors on the page, per 100 views of it in this stage; the pages with most marks of friction. An exit is "
    "a visit that left the journey after this page, with the goal reached or without: exits per view is page_exit_rate by page, from and to its 95 % "
    "interval by person. A stage people leave when they are done has to read high. Bots are left out; addresses without their host and query.",
    "words": "Comments people wrote with their answers, in an order drawn at random once and kept; what could name or reach a person was removed when the "
    "store was made.",
}


NEAR = 1.5  # a first reason less than so much before the second is not named alone


FELT = {True: "unhappy", False: "not unhappy", None: "no score"}


LEFT, DONE = "left without the goal", "left, goal reached"  # a visit after which the session ended


def cells(name: str, row: dict) -> dict[str, object]:
    """A row as its columns show it: words instead of codes, nothing that is not a column."""
    shown = {column.key: row.get(column.key) for column in COLUMNS[name]}
    if name == "moves":
        shown["to_stage"] = row["to_stage"] or (DONE if row["done"] else LEFT)
    elif name == "reasons":
        shown["reason"] = row["reason"].replace("_", " ")
    elif name == "pages":
        shown["page"] = row["page"] or "/"
    elif name == "words":
        shown |= {
            "score": answer_words.score(row["metric"], row["score"], row["scale_max"]),
            "language": answer_words.language(row["language"]),
            "felt": FELT[row["unhappy"]],
        }
    return shown


def lines(places: list[Position]) -> list[list[str]]:
    """A row a stage and metric: the company's minimum (its line), its target and the weight within its side."""
    return [
        [
            place.stage,
            part.definition.label,
            words.level(part.line, part.definition),
            words.level(part.target, part.definition),
            numbers.short(part.weight),
        ]
        for place in places
        for part in place.parts
    ]


def title(name: str, found: Listed, query: Query, stages: list[str]) -> str:
    """What the list says, as a sentence."""
    stage = query.stages[0] if query.stages else query.journey
    if name == "moves":
        return movement_words.headline(found.rows, stages)
    if not found.rows:
        return {
            "reasons": f"No reason for contact in {stage} that may be shown",
            "pages": f"No page of {stage} that may be shown",
            "words": "Too few comments to show",
        }[name]
    if name == "reasons":
        first, second = (*found.rows, None)[:2]
        if second and second["share"] > first["share"] / NEAR:
            names = [cells(name, row)["reason"] for row in (first, second)]
            return f"{names[0].capitalize()} and {names[1]}: {numbers.fixed(100 * first['share'])} and {numbers.percent(second['share'])} of {numbers.whole(found.n)} requests for help"
        return f"{cells(name, first)['reason'].capitalize()}: {numbers.percent(first['share'])} of {numbers.whole(found.n)} requests for help"
    if name == "pages":
        worst = max(found.rows, key=lambda row: row["per_100"])
        if not worst["per_100"]:
            return f"No mark of friction was recorded on the pages of {stage}"
        return f"{worst['page'] or '/'} has most friction: {numbers.fixed(worst['per_100'], 1)} per 100 views"
    scored = [row["unhappy"] for row in found.rows if row["unhappy"] is not None]
    sides = [[row for row in found.rows if row["unhappy"] is side] for side in (True, False)]
    enough = writers([*sides[0], *sides[1]]) >= VERBATIMS and all(
        not side or writers(side) >= PERSONS for side in sides
    )
    said = f": {numbers.whole(sum(scored))} of {numbers.whole(len(scored))} with a score are unhappy" if enough else ""
    return f"What people say about {stage}{said}"


def pair_table(counts: list[int]) -> list[list[str]]:
    """The 2×2 of answered occasions as cells with counts and row shares."""
    smooth_ok, smooth_bad, hard_ok, hard_bad = counts
    rows = []
    for label, ok, bad in (("It went smoothly", smooth_ok, smooth_bad), ("They struggled", hard_ok, hard_bad)):
        total = ok + bad
        share = numbers.percent(bad / total) if total else "–"
        rows.append([label, numbers.whole(ok), numbers.whole(bad), share])
    return rows
