"""The lists of metrics.lists in words: their findings, columns and what is drawn, the same on a page and in a file."""

from dataclasses import dataclass
from typing import Any

from metrics.analyses.lists import Listed, writers
from metrics.analyses.stage_scores import Position
from metrics.query.query import Query
from metrics.thresholds import PERSONS, VERBATIMS
from report import numbers
from report.text.catalogue import say
from report.words import answer_words, movement_words, privacy_words, words


@dataclass(frozen=True)
class Column:
    """`key` of a row, its head, and how it is written: text, count, rate (0–1), number or day; `drawn` in a picture, which holds few."""

    key: str
    head: str
    kind: str = "text"
    drawn: bool = True


PEOPLE = Column("persons", say("report.lists.people"), "count")


COLUMNS = {
    "moves": (
        Column("from_stage", say("report.lists.from")),
        Column("to_stage", say("report.lists.next")),
        Column("visits", say("report.lists.visits"), "count"),
        Column("share", say("report.lists.share_of_the_visits"), "rate"),
        PEOPLE,
    ),
    "reasons": (
        Column("reason", say("report.lists.reason")),
        Column("tickets", say("report.lists.tickets"), "count"),
        Column("share", say("report.lists.share"), "rate"),
        PEOPLE,
    ),
    "pages": (
        Column("page", say("report.lists.page")),
        Column("visits", say("report.lists.visits"), "count", drawn=False),
        Column("views", say("report.lists.views"), "count"),
        Column("frictions", say("report.lists.marks_of_friction"), "count", drawn=False),
        Column("per_100", say("report.lists.per_100_views"), "number"),
        Column("exits", say("report.lists.exits"), "count", drawn=False),
        Column("exit_rate", say("report.lists.exits_per_view"), "rate"),
        Column("exit_low", say("report.lists.from_2"), "rate", drawn=False),
        Column("exit_high", say("report.lists.to"), "rate", drawn=False),
        PEOPLE,
    ),
    "words": (
        Column("comment", say("report.lists.in_their_words")),
        Column("felt", say("report.lists.felt")),
        Column("score", say("report.lists.score")),
        Column("survey", say("report.lists.survey")),
        Column("day", say("report.lists.day"), "day"),
        Column("touch_channel", say("report.lists.touch_channel")),
        Column("language", say("report.lists.language")),
    ),
}


WHAT = {
    "moves": say("report.lists.visits_by_where_they_went_next"),
    "reasons": say("report.lists.counted_tickets_by_reason_reasons_of"),
    "pages": say("report.lists.rage_clicks_dead_clicks_and_errors"),
    "words": say("report.lists.drawn_at_random_e_mail_addresses"),
}


NATIVE = {
    "moves": say("report.lists.share_of_a_stages_visits_by"),
    "reasons": say("report.lists.share_of_the_counted_tickets_by"),
    "pages": say("report.lists.rage_clicks_dead_clicks_and_errors_2"),
    "words": say("report.lists.in_peoples_own_words_drawn_at"),
}


HOW = {
    "moves": say("report.lists.visits_of_a_session_to_the"),
    "reasons": say("report.lists.tickets_that_count_as_a_request"),
    "pages": say("report.lists.rage_clicks_dead_clicks_and_errors_3"),
    "words": say("report.lists.comments_people_wrote_with_their_answers"),
}


NEAR = 1.5  # a first reason less than so much before the second is not named alone


FELT = {True: say("report.lists.unhappy"), False: say("report.lists.not_unhappy"), None: say("report.lists.no_score")}


LEFT, DONE = (
    say("report.lists.left_without_the_goal"),
    say("report.lists.left_goal_reached"),
)  # a visit after which the session ended


def cells(name: str, row: dict[str, Any]) -> dict[str, object]:
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


def title(name: str, listed: Listed, query: Query, stages: list[str]) -> str:
    """What the list says, as a sentence."""
    stage = query.stages[0] if query.stages else query.journey
    if name == "moves":
        return movement_words.headline(listed.rows, stages)
    if not listed.rows:
        return {
            "reasons": say("report.lists.no_reason_for_contact_in_that", stage=stage),
            "pages": say("report.lists.no_page_of_that_may_be", stage=stage),
            "words": say("report.lists.too_few_comments_to_show"),
        }[name]
    if name == "reasons":
        first, *rest = listed.rows
        second = rest[0] if rest else None
        if second and second["share"] > first["share"] / NEAR:
            names = [str(cells(name, row)["reason"]) for row in (first, second)]
            return say(
                "report.lists.and_and_of_requests_for_help",
                names=names[0].capitalize(),
                names2=names[1],
                share=numbers.fixed(100 * first["share"]),
                share2=numbers.percent(second["share"]),
                n=numbers.whole(listed.n),
            )
        return say(
            "report.lists.of_requests_for_help",
            reason=str(cells(name, first)["reason"]).capitalize(),
            share=numbers.percent(first["share"]),
            n=numbers.whole(listed.n),
        )
    if name == "pages":
        worst = max(listed.rows, key=lambda row: row["per_100"])
        if not worst["per_100"]:
            return say("report.lists.no_mark_of_friction_was_recorded", stage=stage)
        return say(
            "report.lists.has_most_friction_per_100_views",
            page=worst["page"] or "/",
            per_100=numbers.fixed(worst["per_100"], 1),
        )
    scored = [row["unhappy"] for row in listed.rows if row["unhappy"] is not None]
    sides = [[row for row in listed.rows if row["unhappy"] is side] for side in (True, False)]
    enough = writers([*sides[0], *sides[1]]) >= VERBATIMS and all(
        not side or writers(side) >= PERSONS for side in sides
    )
    said = (
        say(
            "report.lists.of_with_a_score_are_unhappy",
            scored=numbers.whole(sum(scored)),
            scored2=numbers.whole(len(scored)),
        )
        if enough
        else ""
    )
    return say("report.lists.what_people_say_about", stage=stage, said=said)


def what(name: str, listed: Listed) -> str:
    """What is counted, and of which weeks where that is not the period's."""
    return WHAT[name] + (f"; {privacy_words.weeks_of(words.day(listed.until))}" if listed.until else "")


def pair_table(counts: list[int]) -> list[list[str]]:
    """The 2×2 of answered occasions as cells with counts and row shares."""
    smooth_ok, smooth_bad, hard_ok, hard_bad = counts
    rows = []
    for label, ok, bad in (
        (say("report.lists.it_went_smoothly"), smooth_ok, smooth_bad),
        (say("report.lists.they_struggled"), hard_ok, hard_bad),
    ):
        total = ok + bad
        share = numbers.percent(bad / total) if total else "–"
        rows.append([label, numbers.whole(ok), numbers.whole(bad), share])
    return rows
