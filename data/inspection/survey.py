"""A survey's columns as questions: which metric each asks for, on which scale, what is a comment and what a choice."""

import re
from dataclasses import dataclass, field

from data.inspection.codes import FRESHDESK_RATINGS, is_coded_rating
from data.inspection.fit import Mapped, Reading
from data.inspection.profile.groups import in_agreement, is_group
from data.inspection.profile.values import LABELS, PICKED, SCORED, WRITTEN, Column, counts_up, fits, is_time
from data.inspection.profile.wording import (
    in_brackets,
    is_machinery,
    is_picked,
    is_yes_no,
    metric_of,
    numbers_records,
    only_groups,
    shortened,
)
from data.inspection.profile.words import fold, is_question, meanings, name_of, said
from data.readers.qualtrics_metrics import by_values, declared, number
from data.settings.written import toml
from data.values.scales import PERCENT, places_of, scales, tidy

CODES = (77.0, 88.0, 98.0, 99.0, 999.0)  # do not know, no answer, as survey tools write them
MEANT = {
    "nps": "asks how likely people are to recommend you",
    "csat": "asks how satisfied people are",
    "ces": "asks how easy it was",
}
MOST_WORDS = 11  # different ones that may be a scale
MOST_POINTS = 7  # of a scale in words that nobody here knows
LABELLED = 0.6  # of the values are labels of a known scale
USUAL: dict[tuple[float, float], str] = {
    (0, 10): "nps",
    (1, 5): "csat",
    (1, 7): "ces",
}  # what such a scale is mostly used for
WHOLE_SCALES = ((0, 10), (1, 5), (1, 7), (1, 10), (1, 4), (1, 6), (1, 3))


@dataclass
class Question:
    """One column of a questionnaire. `kind`: score, comment or choice; `values`: answers as written → what they mean."""

    column: Column
    kind: str
    metric: str | None = None
    low: float | None = None
    high: float | None = None
    higher_is_better: bool | None = None
    values: dict[str, object] = field(default_factory=dict)
    asks: list[str] = field(default_factory=list)
    why: str = ""
    perhaps: dict[str, object] = field(default_factory=dict)  # metric and scale it may have, for somebody to confirm

    def instead(self, constants: dict[str, object]) -> str:
        """The line to take in place of the block's constants, where that is what was asked."""
        meant = MEANT[str(self.perhaps["metric"])] if "metric" in self.perhaps else "has 1 for the best answer"
        return (
            f"constants = {toml(constants | self.perhaps)}   # in place of the line above, "
            f"if {shortened(self.column.name)} {meant}"
        )

    @property
    def constants(self) -> dict[str, object]:
        found: dict[str, object] = {"metric": self.metric} if self.metric else {}
        if self.low is not None:
            found |= {"scale_min": self.low, "scale_max": self.high}
        return found | ({"higher_is_better": self.higher_is_better} if self.higher_is_better is not None else {})


def questions(reading: Reading, columns: list[Column], stem: str) -> list[Question]:
    """The questions of a questionnaire, what can be scored first, each in the file's order."""
    taken = {
        mapped.column.name for name, mapped in reading.columns.items() if name not in ("score", "comment", "choice")
    }
    kept = {
        mapped.column.name: name
        for name, mapped in reading.columns.items()
        if name in ("score", "comment", "choice") and not _is_weak(name, mapped)
    }
    held = reading.columns.get("survey")
    context = f"{stem} {held.column.values[0]}" if held and held.column.different == 1 else stem
    types = [
        each for each in columns if name_of(each.name) in ("survey type", "type of survey") and each.different == 1
    ]
    context = " ".join([context, *(each.values[0] for each in types)])
    found = []
    for column in columns:
        if (
            column.name in taken
            or is_machinery(column)
            and column.name not in kept
            or fits("email", column, 0)
            or is_time(column)
            or counts_up(column)
            or numbers_records(column, columns)
        ):
            continue
        named = (
            kept.get(column.name) == "score"
            or column.told in SCORED
            or bool(in_brackets(column.name))  # Emotion (1-5)
            or any(kept.get(other.name) == "score" and name_of(other.name) == name_of(column.name) for other in columns)
        )
        asked = _score(column, context, named, "ticket_id" in reading.columns) or _other(
            column, kept.get(column.name), reading.wide
        )
        if asked:
            if asked.kind == "choice" and is_group(column):
                if any(in_agreement(other, [column]) for other in columns):
                    continue  # what the score says already
                asked.asks.append(only_groups(column))
            elif asked.kind == "choice" and not asked.asks and _reads_like_a_score(column):
                asked.asks.append(_unread(column))
            elif asked.kind == "score" and asked.metric is None and (groups := in_agreement(column, columns)):
                asked = Question(column, "score", "nps", 0, 10, why=f"its values fit the groups in {groups.name!r}")
            found.append(asked)
    picked = [each for each in found if each.kind == "choice" and is_question(each.column.name)]
    if (
        len(picked) == 1
        and 2 < picked[0].column.different <= MOST_POINTS
        and not any(each.kind == "score" for each in found)
    ):
        picked[0].asks = picked[0].asks or [_unread(picked[0].column)]  # the only question anybody was asked
    order = {"score": 0, "comment": 1, "choice": 2}
    return sorted(found, key=lambda each: (order[each.kind], each.kind == "score" and each.metric is None))


def _reads_like_a_score(column: Column) -> bool:
    """Whether a question of words asks for a metric, or is called a score: its words are on no scale that is known."""
    asks = metric_of(column.name)[0] or said("survey_answers", "score", column.name)[0] > 0.8
    return bool(asks) and not is_yes_no(column) and 1 < column.different <= MOST_WORDS


def _is_weak(name: str, mapped: Mapped) -> bool:
    return mapped.worth < 0.55


def _score(column: Column, about: str, named: bool, of_tickets: bool) -> Question | None:
    """A rating: by wording and values together; by values alone only where the header says it is a score, and then it is asked.
    A rating from 1 to 5 beside a ticket's number is taken for satisfaction with the help, and asked."""
    if is_coded_rating(column):
        return _freshdesk(column)
    rated = named or metric_of(column.name)[0] is not None
    values = fits("rating", column, 1.0 if rated else said("survey_answers", "score", column.name)[0])
    if is_yes_no(column):
        solved = re.search(meanings()["resolved"]["wording"], fold(column.name))
        return Question(column, "score", "resolved", 0, 1, why="its wording, answered by yes or no") if solved else None
    if not values:
        return None
    metric, called = metric_of(column.told if column.told in ("nps", "csat", "ces") else column.name)
    context = (
        metric_of(about)[0] if not metric and (named or said("survey_answers", "score", column.name)[0] > 0.5) else None
    )
    if not metric and not context and not named and not is_question(column.name):
        return None
    five = set(column.numbers) >= {1, 5} and column.plain == 1
    labelled = named and column.share(lambda value: tidy(value) in LABELS) > LABELLED
    if of_tickets and not metric and not context and (five or labelled):
        how = "1 to 5" if five else "words of a known scale"
        asked = _scaled(column, "csat", True, f"a rating ({how}) beside a ticket")
        ask = f"is {shortened(column.name)} how satisfied people were with the help? Taken so: {how}, beside a ticket; if not, take metric out"
        asked.asks.insert(0, ask)
        return asked
    return _scaled(
        column,
        metric or context,
        called or bool(context),
        "its wording" if metric else "the name of file or survey" if context else "",
    )


def asked_of(column: Column, of_tickets: bool) -> Question:
    """The question a column is headed by and its answers: a score, a comment, else a choice."""
    return (
        (_score(column, "", False, of_tickets) if column.given else None)
        or _other(column, None, False)
        or (Question(column, "comment" if fits("free", column, 0.0) == 1.0 else "choice"))
    )


def rated_help(column: Column) -> Question:
    """A rating inside tickets: satisfaction with the help, on the scale its values show."""
    if is_coded_rating(column):
        return _freshdesk(column)
    return _scaled(column, "csat", True, "a rating inside tickets")


def _freshdesk(column: Column) -> Question:
    words: dict[str, object] = {code: place for code, place in FRESHDESK_RATINGS.items() if code in column.counts}
    return Question(column, "score", "csat", 1, 7, values=words, why="codes of Freshdesk's ratings")


def _scaled(column: Column, metric: str | None, called: bool, why: str) -> Question:
    """The scale its wording declares, its labels are of, or its values fill; else the question what it is."""
    header, asked = column.name, Question(column, "score", metric, why=why)
    codes: dict[str, object] = {
        value: ""
        for value in column.values
        if number(value) in CODES and max((n for n in column.numbers if n not in CODES), default=99) <= 10
    }
    answers = [value for value in column.values if value not in codes]
    labelled: dict[str, object] = {
        value: int(found) if found == int(found) else found
        for value in answers
        if (found := column.score(value)) is not None and not re.fullmatch(r"-?\d+([.,]\d+)?", value)
    }
    asked.values = codes | labelled
    seen = {found for value in answers if (found := column.score(value)) is not None}
    plain = [value if (found := column.score(value)) is None else f"{found:g}" for value in answers]
    if answers and all(PERCENT.fullmatch(value) for value in answers):
        return _of_hundred(asked)
    decision = by_values(metric, header, plain) if metric in ("nps", "csat", "ces") else None
    points = _points(answers) if metric and not seen else None
    if decision and not (decision.note and points):  # labels that it does not know, and another scale does
        asked.low, asked.high, asked.higher_is_better = (
            decision.low,
            decision.high,
            None if decision.higher_is_better else False,
        )
        if not seen:
            asked.values |= {value: int(score) for value, score in decision.scores.items()}
    elif points:
        asked.low, asked.high = (0, 1) if points == 2 else (1, points)  # the load reads these words by themselves
    elif not seen and any(tidy(value) in LABELS for value in answers):
        return _other_scale(asked, answers)
    elif metric == "nps" and _is_nps(seen, called):
        asked.low, asked.high = 0, 10
        if 0 not in seen and not called and in_brackets(header) != (0.0, 10.0):
            asked.asks.append(
                f"nobody answered 0 to {shortened(header)}: if its scale began at 1, it is no NPS: take metric and scale out"
            )
    elif metric == "nps" and called and (slips := _slips(column)):
        asked.low, asked.high = 0, 10
        asked.values |= {value: "" for value in slips if number(value) in CODES}
        ask = f"{', '.join(slips)} to {shortened(header)} lie outside 0 to 10: codes for no answer (77, 88, 98, 99, 999) are left out, others refused"
        asked.asks.append(ask + "; if it was asked on another scale, take metric and scale out")
    else:
        _open_scale(asked, seen)
    return _direction(asked, seen)


def _of_hundred(question: Question) -> Question:
    """Answers in per cent: from 0 to 100; no recommendation is asked so."""
    question.low, question.high, question.values = 0, 100, {}
    question.metric = question.metric if question.metric != "nps" else None
    ask = f"is {shortened(question.column.name)} asked in per cent, from 0 to 100? " + (
        "That is what the answers show"
        if question.metric
        else "State what it measures as metric in constants; without it no metric counts it"
    )
    question.asks.append(ask)
    return question


def _slips(column: Column) -> list[str]:
    """The few values of an NPS that lie outside its scale; none where they are more than a tenth."""
    out = [value for value in column.values if (found := column.score(value)) is None or not 0 <= found <= 10]
    return out if column.share(lambda value: value in out) <= 0.1 else []


def _points(answers: list[str]) -> int | None:
    """How many points the scale has that all these words are of; of several the one with the fewest."""
    labels = {tidy(value) for value in answers} - scales()[1]
    found = (places_of(labels, points)[1] for points in (None, 2, 3, 4, 5, 7)) if labels else ()
    return next((points for points in found if points), None)


def _is_nps(seen: set[float], called: bool) -> bool:
    return (
        bool(seen)
        and min(seen) >= 0
        and max(seen) <= 10
        and max(seen) > 5
        and all(score == int(score) for score in seen)
    )


def _open_scale(question: Question, seen: set[float]) -> None:
    """No metric, or none whose scale is settled: what the values show is proposed and the rest is asked."""
    marks = re.search(meanings()["direction"]["marks"], fold(question.column.name)) and seen and max(seen) <= 6
    said_scale = declared(question.column.name) or in_brackets(question.column.name) or ((1.0, 6.0) if marks else None)
    whole = said_scale or next(
        ((float(low), float(high)) for low, high in WHOLE_SCALES if seen and min(seen) == low and max(seen) == high),
        None,
    )
    perhaps = f", perhaps {question.metric}" if question.metric else ""
    if question.metric == "nps":
        question.metric = None
    if whole and question.metric:
        question.low, question.high = whole
        question.asks.append(
            f"is {shortened(question.column.name)} asked on a scale from {whole[0]:g} to {whole[1]:g}? That is what the answers show"
        )
        return
    question.metric = None
    if not whole and seen and max(seen) > 7 and min(seen) >= 0 and all(score == int(score) for score in seen):
        question.perhaps = {"metric": "nps", "scale_min": 0, "scale_max": 10} if max(seen) <= 10 else {}
    if whole:
        question.low, question.high = whole
        if usual := USUAL.get(whole):
            question.perhaps = {"metric": usual, "scale_min": whole[0], "scale_max": whole[1]}
    question.asks.append(
        f"what does {question.column.name!r} measure, and on which scale{perhaps}? State constants = "
        '{ metric = "…", scale_min = …, scale_max = … }; without it no metric counts it'
    )


def _other_scale(question: Question, answers: list[str]) -> Question:
    """Labels of a known scale under a question of no known metric, or of another: kept as choices, and asked where it is called a score."""
    question.kind, question.metric, question.values = "choice", None, {}
    if said("survey_answers", "score", question.column.name)[0] > 0.5:
        question.asks.append(_unread(question.column))
    return question


def _unread(column: Column) -> str:
    """The question about answers in words that were kept as choices, though they read like a score."""
    words = ", ".join(repr(value) for value in sorted(column.values)[:MOST_WORDS])
    return (
        f"is {shortened(column.name)} a score? Its words ({words}) were kept as choices, and no metric counts them: to count them map score in "
        'place of choice, and state metric, scale_min, scale_max and values = { score = { "…" = 1 } }'
    )


def _direction(question: Question, seen: set[float]) -> Question:
    """School marks and effort run the other way; where nearly all answers lie at the low end, it is asked."""
    header = fold(question.column.name)
    if re.search(meanings()["direction"]["down"], header) or re.search(meanings()["direction"]["marks"], header):
        question.higher_is_better = False
        question.asks.append(
            f"is the lowest answer to {shortened(question.column.name)} the best, as its wording says? If not, take higher_is_better out"
        )
    elif (
        question.kind == "score"
        and question.metric in ("csat", "ces")
        and seen
        and question.low is not None
        and question.high is not None
        and question.higher_is_better is None
    ):
        scores = [value for cell in question.column.cells if (value := number(cell)) is not None and value not in CODES]
        low_end = sum(value <= question.low + (question.high - question.low) / 4 for value in scores)
        if len(scores) >= 5 and low_end > 0.6 * len(scores):
            question.asks.append(
                f"is 1 the best answer to {shortened(question.column.name)}? {low_end} of {len(scores)} answers lie at the low end; "
                "if so, state higher_is_better = false"
            )
            question.perhaps = {"higher_is_better": False}
    return question


def _other(column: Column, kept: str | None, wide: bool) -> Question | None:
    """Words: a comment where people wrote, a choice where they picked."""
    if column.told in WRITTEN and column.name.endswith("text"):
        return Question(column, "comment")
    if column.told in PICKED and fits("word", column, 1.0):
        return Question(column, "choice")
    asked = is_question(column.name)
    words, free = said("survey_answers", "comment", column.name)[0], fits("free", column, 0.0)
    if (
        kept == "comment"
        or asked
        and (column.words > 2 or column.given > 1 and column.different == column.given)
        and re.search(meanings()["open"]["wording"], fold(column.name))
        or free == 1.0
        and (asked or words >= 0.5)
        or words > 0.75
        and fits("free", column, words) >= 0.7
    ):
        return Question(column, "comment")
    if kept == "choice" or asked and fits("word", column, 1.0) or wide and is_picked(column):
        return Question(column, "choice")
    return None


def short_name(header: str) -> str:
    """A question's id from its header: a few words of it."""
    return "-".join(name_of(header).split()[:6]) or "question"
