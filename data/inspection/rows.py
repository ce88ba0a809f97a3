"""A questionnaire in rows: a column with the question, one with the answer. Each question is read as a column of its own would be."""

from dataclasses import dataclass, replace

from data.inspection.block import Block, source_name, where_name
from data.inspection.fit import Reading
from data.inspection.profile.values import Column, fits
from data.inspection.profile.words import calls_metric, is_question, name_of, said
from data.inspection.survey import Question, asked_of, metric_of, short_name

MOST = 25  # questions that get a block of their own
METRICS = ("survey type", "type of survey", "metric", "metric type", "hs survey type")
ANSWERS = ("score", "choice", "comment")


@dataclass
class Rows:
    """The column of questions, that of answers, and each question as a column of its answers."""

    question: Column
    answer: Column
    asked: list[tuple[str, Question]]
    by_metric: bool = False  # what stands in `question` is the name of a metric; comments stand beside the scores


def in_rows(reading: Reading, columns: list[Column]) -> Rows | None:
    """What is asked in rows; None where no column holds wordings, or several hold answers."""
    held = reading.columns.get("question") or reading.columns.get("question_id")
    answers = [reading.columns[name].column for name in ANSWERS if name in reading.columns]
    kinds = _by_metric(columns)
    if not held and kinds and "score" in reading.columns:
        return Rows(
            kinds, reading.columns["score"].column, _asked(kinds, reading.columns["score"].column, reading), True
        )
    if not held or len(answers) != 1 or not 2 <= held.column.different <= MOST:
        return None
    question, answer = held.column, answers[0]
    if not any(metric_of(text)[0] or is_question(text) for text in question.values):
        return None
    return Rows(question, answer, _asked(question, answer, reading))


def _by_metric(columns: list[Column]) -> Column | None:
    """A column that says of each answer what it measures: Delighted's Survey Type, NPS in one row and CSAT in another."""
    return next(
        (
            found
            for found in columns
            if name_of(found.name) in METRICS
            and 2 <= found.different <= MOST
            and found.given == found.rows
            and all(calls_metric(value) for value in found.values)
        ),
        None,
    )


def _asked(question: Column, answer: Column, reading: Reading) -> list[tuple[str, Question]]:
    """Each question with its answers, read as a column of its own would be."""
    cells = dict(zip(answer.places, answer.cells))
    asked = []
    for text in question.values:
        places = [place for place, cell in zip(question.places, question.cells) if cell == text]
        own = Column(text, len(places), [cells[place] for place in places if place in cells])
        if own.given:
            asked.append((text, asked_of(own, "ticket_id" in reading.columns)))
    return asked


def blocks_of(rows: Rows, block: Block, columns: list[Column]) -> list[Block]:
    """A block a question: its records by `where`, its answers as score, comment or choice."""
    apart = ("score", "choice") if rows.by_metric else ANSWERS
    shared = {name: label for name, label in block.columns.items() if name not in (*apart, "question", "question_id")}
    shared.setdefault("response_id", _response(columns, set(shared.values())) or "#row")
    made: list[Block] = []
    for text, asked in rows.asked:
        base, own = short_name(text), short_name(text)
        taken = {each.constants.get("question_id") for each in made}
        while own in taken:
            own = f"{base}-{len(made) + 1}"
        quoted = "'" + text.replace("'", "''") + "'"
        name = where_name(rows.answer.name)
        made.append(
            replace(
                block,
                name=source_name(f"{block.name} {own}", {each.name for each in made}),
                columns=shared | {asked.kind: rows.answer.name},
                constants=block.constants
                | asked.constants
                | ({} if rows.by_metric else {"question_id": own, "question": text[:300]}),
                values={"score": asked.values} if asked.values else {},
                where=f"{where_name(rows.question.name)} = {quoted} and {name} is not null",
                comments=[asked.instead(block.constants)] if asked.perhaps else [],
            )
        )
    return made


def _response(columns: list[Column], taken: set[str]) -> str | None:
    """The id of the response or the respondent that its rows share."""
    named = [
        (said("survey_answers", "response_id", found.name)[0], found.name)
        for found in columns
        if found.name not in taken and fits("id", found, 1.0) and found.given == found.rows > found.different
    ]
    worth, name = max(named, default=(0.0, ""))
    return name if worth >= 0.6 else None
