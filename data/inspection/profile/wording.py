"""What a header asks for, and what it says of its scale: a metric's wording, ends in brackets, a number of the record."""

import re

from data.inspection.profile.values import Column, fits, is_name
from data.inspection.profile.words import SCALE, fold, is_question, meanings, name_of, said
from data.readers.qualtrics_metrics import number


def metric_of(text: str) -> tuple[str | None, bool]:
    """(metric, whether it is called by its name) of a wording, in the languages of meanings.toml."""
    folded = fold(text)
    for spec in meanings()["metric"]:
        if re.search(spec["called"], folded):
            return spec["name"], True
    return next(
        ((spec["name"], False) for spec in meanings()["metric"] if re.search(spec["wording"], folded)), (None, False)
    )


def is_yes_no(column: Column) -> bool:
    words = re.compile(meanings()["yes_no"]["words"])
    return column.different <= 4 and column.share(lambda value: bool(words.match(fold(value)))) > 0.9


def in_brackets(header: str) -> tuple[float, float] | None:
    """The scale a header names behind what is rated: `Satisfaction (0-100)`."""
    found = SCALE.search(header)
    ends = [float(number_) for number_ in re.findall(r"\d+", found[0])] if found else []
    return (ends[0], ends[1]) if len(ends) == 2 and ends[0] < ends[1] else None


def numbers_records(column: Column, columns: list[Column]) -> bool:
    """Whether a short file's column numbers its records: called an id of the answer, or the first one, which counts 1, 2, 3 …"""
    if column.different < column.given or column.given < column.rows:
        return False
    if re.search(r"^id\b|\bid$", name_of(column.name)) and not is_question(column.name):
        return True
    called = said("survey_answers", "response_id", column.name)[0] > 0.95 and re.search(
        r"(id|nr|no|number)$", name_of(column.name)
    )
    first = column is columns[0] and column.given > 2 and not is_question(column.name) and not metric_of(column.name)[0]
    return bool(called) or first and [number(cell) for cell in column.cells] == [*range(1, column.given + 1)]


def only_groups(column: Column) -> str:
    """The question about groups of recommendation without the scores they were made of."""
    return (
        f"{shortened(column.name)} says promoter, passive or detractor, and no column holds the score from 0 to 10 behind it: export the score as well; "
        "without it these stand as choices, and no NPS is counted"
    )


def shortened(header: str) -> str:
    text = header if len(header) <= 60 else header[:57] + "…"
    return repr(text)


def is_picked(column: Column) -> bool:
    """Whether people picked its values from a few, and it is not where somebody was or what they used."""
    return (
        fits("word", column, 0.0) == 1.0
        and column.share(lambda value: not value.replace(".", "").isdigit()) > 0.9
        and not any(
            said("survey_answers", name, column.name)[0] > 0.8
            for name in ("country", "region", "device", "language", "session_id")
        )
    )


def is_machinery(column: Column) -> bool:
    """Whether a survey tool's or a machine's own column, or a person's name: neither question nor answer."""
    spec = meanings()["machinery"]
    return (
        bool(
            re.match(spec["columns"], name_of(column.name))
            or re.match(spec["columns"], fold(column.name))
            or re.match(spec["loader"], column.name)
        )
        or is_name(column)
        and len(name_of(column.name).split()) <= 4
    )


def worked_out(columns: list[Column], mapped: set[str]) -> str | None:
    """Why no answers stand here: their scores are worked out already, with how many gave them in a column beside. `mapped`: what else was found."""
    words = meanings()["machinery"]
    if mapped & {"comment", "response_id", "email", "customer_id", "ticket_id", "order_id"}:
        return None
    count = next(
        (each for each in columns if re.match(words["counted"], name_of(each.name)) and fits("whole", each, 1.0)), None
    )
    scored = next(
        (each for each in columns if metric_of(each.name)[0] or re.search(words["averages"], name_of(each.name))), None
    )
    if not count or not scored or count is scored or max(count.numbers, default=0) <= 10:
        return None
    return f"{scored.name!r} is worked out already, of as many answers as {count.name!r} says: means cannot be counted again; export the answers, one a row"
