"""From a reading to the blocks that would load it, and what only the company can say."""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.contract import contract
from data.inspection import codes, journeys, settle, survey
from data.inspection.block import Block, source_name
from data.inspection.fit import Reading, rivals, usable
from data.inspection.profile import money
from data.inspection.profile.clock import with_clock
from data.inspection.profile.items import Items, items_of
from data.inspection.profile.kinds import kind_of
from data.inspection.profile.opening import Opened
from data.inspection.profile.ratings import rated, unread
from data.inspection.profile.values import Column, fits, shown
from data.inspection.profile.words import is_question, said
from data.inspection.rows import Rows, blocks_of, in_rows
from data.settings.written import toml

MOST = 25  # questions of one questionnaire that get a block of their own


@dataclass
class Proposal:
    """How a file would be read. `columns`: contract column → (the file's column, evidence), over all blocks."""

    table: str
    what: str
    blocks: list[Block]
    columns: dict[str, tuple[str, str]] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    survey: dict[str, Any] | None = None  # name, kind, why, trigger: for journey.toml
    strength: float = 0.0


def propose(reading: Reading, opened: Opened, path: Path, stem: str) -> Proposal:
    """The blocks of a reading, in the words of sources.toml."""
    columns, made = usable(opened), Proposal(reading.table, reading.what, [], strength=reading.strength)
    block = Block(
        source_name(stem),
        "table",
        path.name,
        reading.table,
        {name: mapped.column.name for name, mapped in reading.columns.items()},
        dict(reading.constants),
        records=opened.records,
    )
    made.columns = {name: (mapped.column.name, mapped.evidence) for name, mapped in reading.columns.items()}
    if reading.table == "survey_answers":
        _survey(made, reading, block, columns, stem, opened.is_json)
    else:
        made.blocks = [block]
    if not made.blocks:
        return made
    _fill_in(made, reading, opened, stem)
    _times(made, opened, columns)
    _rest(made, opened, columns)
    made.questions += rivals(reading, columns)
    made.constants = dict(made.blocks[0].constants)
    used = {label for each in made.blocks for label in [*each.columns.values(), *_asked_columns(each)]}
    made.unused = [found.name for found in opened.columns if found.name not in used]
    return made


def _asked_columns(block: Block) -> list[str]:
    """The columns of the file that stand under `questions`."""
    held: Any = block.keys.get("questions", {})
    listed = [spec["columns"] for spec in held.values()]
    return [column for columns in listed for column in ([columns] if isinstance(columns, str) else columns)]


def _survey(
    proposal: Proposal, reading: Reading, block: Block, columns: list[Column], stem: str, is_json: bool
) -> None:
    """One block for all ratings, one for each other question; what identifies the answer and the person stands in each."""
    lines = in_rows(reading, columns)
    if lines:
        return _in_rows(proposal, reading, block, columns, lines, stem)
    groups = [] if is_json else items_of(columns)
    grouped = {each.name for group in groups for each in group.columns}
    asked = [each for each in survey.questions(reading, columns, stem) if each.column.name not in grouped]
    for name in ("score", "comment", "choice"):
        block.columns.pop(name, None)
        proposal.columns.pop(name, None)
    if "survey" not in block.columns:
        block.constants["survey"] = stem
    scores, comments, choices = (
        [each for each in asked if each.kind == kind] for kind in ("score", "comment", "choice")
    )
    leading = scores or comments or choices
    if not leading and not groups:
        return
    if groups or (
        len(scores) > 1
        and not is_json
        and not reading.columns.get("question_id")
        and not any("." in each.column.name or "[" in each.column.name for each in scores)
    ):
        _one_block(proposal, block, scores, groups)
        scores, leading = [], comments or choices
        if not leading:
            return _confirm(proposal, reading, asked, stem)
    first, rest = (
        leading[0],
        scores[1:] + comments[0 if scores else 1 :] + choices[0 if leading[0].kind != "choice" else 1 :],
    )
    if (
        scores
        and comments
        and len(scores) + len(comments) <= 2
        or comments
        and scores
        and not is_question(comments[0].column.name)
    ):
        _put(proposal, block, comments[0])
        rest = [each for each in rest if each is not comments[0]]
    if proposal.blocks:
        block = replace(
            block,
            name=source_name(f"{block.name} {survey.short_name(first.column.name)}", {block.name}),
            columns=dict(block.columns),
            constants=dict(block.constants),
            keys={},
        )
    many = bool(rest or proposal.blocks)
    _put(proposal, block, first)
    proposal.blocks.append(block)
    if many and "response_id" not in block.columns:
        block.columns["response_id"] = "#row"
    if many and not reading.columns.get("question_id"):
        _own_question(block, first, {})
    for each in rest[:MOST]:
        other = replace(
            block,
            name=source_name(f"{block.name} {survey.short_name(each.column.name)}", {b.name for b in proposal.blocks}),
            columns={
                name: label for name, label in block.columns.items() if name not in ("score", "comment", "choice")
            },
            constants={
                name: value for name, value in block.constants.items() if name in ("survey", "asked_via", "language")
            },
            values={},
            comments=[],
        )
        _put(proposal, other, each)
        _own_question(other, each, {b.constants.get("question_id") for b in proposal.blocks})
        proposal.blocks.append(other)
    if rest[MOST:]:
        proposal.notes.append(f"{len(rest) - MOST} more questions have no block here: copy one and name the column")
    _confirm(proposal, reading, asked, stem)


def _in_rows(proposal: Proposal, reading: Reading, block: Block, columns: list[Column], rows: Rows, stem: str) -> None:
    """A block a question of a questionnaire whose questions stand in rows."""
    if "survey" not in block.columns:
        block.constants["survey"] = stem
    proposal.blocks = blocks_of(rows, block, columns)
    proposal.columns["score"] = (rows.answer.name, f"its answers, by the questions in {rows.question.name!r}")
    proposal.questions += list(dict.fromkeys(question for _, asked in rows.asked for question in asked.asks))
    _confirm(proposal, reading, [asked for _, asked in rows.asked], stem)


def _one_block(proposal: Proposal, block: Block, scores: list[survey.Question], groups: list[Items]) -> None:
    """Several ratings stand in one block, each under `questions` with its own metric and scale; the items of a questionnaire together."""
    block.columns.setdefault("response_id", "#row")
    held: dict[str, dict[str, Any]] = {}
    for group in groups:
        held[group.name] = group.spec
        proposal.columns[f"questions.{group.name}"] = (
            group.columns[0].name,
            f"{len(group.columns)} items of one scale",
        )
        proposal.questions.append(group.ask)
    for each in scores:
        name = survey.short_name(each.column.name)
        while name in held:
            name += "-more"
        spec = {"columns": each.column.name} | each.constants | ({"values": each.values} if each.values else {})
        held[name] = spec | (
            {"question": " ".join(each.column.name.split())[:300]} if is_question(each.column.name) else {}
        )
        proposal.columns[f"questions.{name}"] = (
            each.column.name,
            (each.why + "; " if each.why else "") + shown(each.column),
        )
        here = [question.replace("State constants = {", f"State at {name} in questions: {{") for question in each.asks]
        proposal.questions += [question for question in here if question not in proposal.questions]
    block.keys["questions"] = held
    proposal.blocks = [replace(block, columns=dict(block.columns), constants=dict(block.constants))]


def _put(proposal: Proposal, block: Block, asked: survey.Question) -> None:
    block.columns[asked.kind] = asked.column.name
    proposal.columns.setdefault(
        asked.kind, (asked.column.name, (asked.why + "; " if asked.why else "") + shown(asked.column))
    )
    if asked.kind == "score":
        block.constants |= asked.constants
        if asked.perhaps:
            block.comments.append(asked.instead(block.constants))
        if asked.values:
            block.values[asked.kind] = asked.values
    proposal.questions += [question for question in asked.asks if question not in proposal.questions]


def _own_question(block: Block, question: survey.Question, taken: dict[str, Any] | set[Any]) -> None:
    """Two questions of one response are told apart by an id, and keep their wording."""
    base, count = survey.short_name(question.column.name), 1
    name = base
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    block.constants["question_id"] = name
    if is_question(question.column.name):
        block.constants["question"] = " ".join(question.column.name.split())[:300]


def _confirm(proposal: Proposal, reading: Reading, questions: list[survey.Question], stem: str) -> None:
    """The kind of survey, which decides where its answers may stand: proposed with its reason, and asked."""
    held = reading.columns.get("survey")
    metrics = {each.metric for each in questions if each.metric}
    page = reading.columns.get("url")
    one_page = page is not None and page.column.different == 1  # the form's own, not where somebody was
    kind = kind_of([stem], set(reading.columns) - ({"url"} if one_page else set()), metrics)
    surveys = held.column.values[:12] if held else [stem]
    proposal.survey = {"names": surveys, "kind": kind.kind, "why": kind.why, "likely": kind.likely}
    proposal.questions += [journeys.question(each) for each in journeys.proposed(proposal.survey)[:3]]


def _fill_in(proposal: Proposal, reading: Reading, opened: Opened, stem: str) -> None:
    """Columns a table cannot do without and the file does not have: a constant to confirm, or a question."""
    for block in proposal.blocks:
        if reading.table == "survey_invitations" and "survey" not in block.columns:
            block.constants["survey"] = stem
            proposal.questions.append(f"which survey do these invitations belong to? {stem!r} is the file's name")
        if reading.table == "exposures":
            block.constants.setdefault(
                "unit_kind", _unit_kind(block.columns["unit"])
            ) if "unit_kind" not in block.columns else None
    if reading.table == "web_daily" and "date" not in proposal.columns:
        _day(proposal, settle.last_day(opened.heading))
    if reading.table == "survey_answers" and "responded_at" not in proposal.columns:
        proposal.questions.append(
            "when was it answered? No column holds dates; without one the answers stand in no period: export them with their date"
        )
    if reading.table == "orders":
        held = reading.columns.get("amount")
        first = proposal.blocks[0]
        amount, own = held.column if held else None, "currency" in reading.columns
        notes, asked = money.settled((first.constants, first.keys), amount, own, usable(opened))
        proposal.notes += notes
        proposal.questions += asked


def _day(proposal: Proposal, last: str | None) -> None:
    """Counts of a period whose file says the period above its table only."""
    if last:
        proposal.blocks[0].constants["date"] = last
        proposal.questions.append(
            f"are these counts of the days up to {last}, as the lines above the table say? They are stored on that day: export them by day to see their course"
        )
    else:
        proposal.questions.append('of which day are these counts? State constants = { date = "2026-03-31" }')
        proposal.blocks[0].comments.append(
            'constants = { date = "2026-03-31" }   # the day, or the last day of the period, of these counts'
        )


def _unit_kind(header: str) -> str:
    best = max(contract().linking, key=lambda kind: said("ids", kind, header)[0])
    return best if said("ids", best, header)[0] >= 0.6 else "anonymous_id"


def _times(proposal: Proposal, opened: Opened, columns: list[Column]) -> None:
    kinds = contract().tables[proposal.table].fillable
    wanted = {label for block in proposal.blocks for name, label in block.columns.items() if kinds.get(name) == "time"}
    times = [found for found in columns if found.name in wanted]
    whole = {found.name: made for found in times if (made := with_clock(found, columns))}
    for block in proposal.blocks:
        block.columns |= {
            name: whole[label].name
            for name, label in block.columns.items()
            if label in whole and kinds.get(name) == "time"
        }
    times = [whole.get(found.name, found) for found in times]
    stated, why, open_ = settle.dates(times, opened.headers)
    line = settle.zone(times)
    if line and (settle.named_utc(times) or settle.known_utc(times, opened.headers)):
        line = None
        for block in proposal.blocks:
            block.keys["timezone"] = "UTC"
    for block in proposal.blocks:
        block.dates = stated
        block.comments += [f"dates: {why}"] if stated else []
        if open_:
            block.comments += [
                f'dates = "{open_[0]}"   # the day first,',
                f'dates = "{open_[1]}"   # or the month: take the # from the one that is right',
            ]
    if open_:
        proposal.questions.append(
            f"{', '.join(found.name for found in times)}: day and month cannot be told apart: no value has a part above 12; "
            f'state dates = "{open_[0]}" or "{open_[1]}"'
        )
    if line:
        proposal.questions.append(
            line.split("#")[1]
            .strip()
            .replace("of ", "which zone are the times of ", 1)
            .replace(", which name no zone;", " in? They name none:")
        )
        proposal.blocks[0].comments.append(line)


def zones(block: Block, columns: list[Column]) -> str | None:
    """The line of a block whose times name no zone."""
    kinds = contract().tables[block.table or ""].fillable
    wanted = {label for name, label in block.columns.items() if kinds.get(name) == "time"}
    return settle.zone([found for found in columns if found.name in wanted])


def _rest(proposal: Proposal, opened: Opened, columns: list[Column]) -> None:
    mapped = {name: label for block in proposal.blocks for name, label in block.columns.items()}
    condition, left_out = settle.where(opened, proposal.table, mapped)
    kinds = contract().tables[proposal.table].fillable
    by_name = {found.name: found for found in columns}
    for block in proposal.blocks:
        block.where = " and ".join(filter(None, (block.where, condition))) or None
        settle.session(block, opened)
        amounts = [
            by_name[label]
            for name, label in block.columns.items()
            if kinds.get(name) == "number" and label in by_name and fits("money", by_name[label], 0)
        ]
        keys, questions = settle.numbers(amounts)
        block.keys |= keys
        proposal.questions += [question for question in questions if question not in proposal.questions]
        rounded = {
            found.name
            for name, label in block.columns.items()
            if (found := by_name.get(label)) and kinds.get(name) == "id" and _rounded(found)
        }
        proposal.questions += [
            f"{name}: a spreadsheet has rounded these ids (1.23E+17), so different records share one: export again as text"
            for name in sorted(rounded)
        ]
    if proposal.table in ("survey_answers", "support_tickets", "orders") and (
        tests := codes.tests_among(columns, mapped)
    ):
        proposal.questions.append(tests[0])
        proposal.blocks[0].comments.append(
            f"where = {toml(' and '.join(filter(None, (proposal.blocks[0].where, tests[1]))))}   # without what seem to be tests"
        )
    options: Any = proposal.blocks[0].keys.get("options", {})
    if proposal.table == "orders" and "quantity" in options:
        number = by_name.get(mapped.get("order_id", ""))
        if number and number.different < number.given:
            proposal.blocks[0].keys["lines"] = "items"  # each line has its own pieces and their price
    elif proposal.table == "orders" and not left_out:
        keys, open_, asked = settle.order_lines(
            by_name.get(mapped.get("order_id", "")), by_name.get(mapped.get("amount", ""))
        )
        proposal.blocks[0].keys |= keys
        proposal.blocks[0].comments += open_
        proposal.questions += asked
    if proposal.table == "support_tickets" and not rated(columns) and (asked_words := unread(columns)):
        proposal.questions.append(asked_words)
    if proposal.table == "support_tickets" and (status := by_name.get(mapped.get("status", ""))):
        states, asked_states = codes.ticket_states(status, opened.headers)
        proposal.questions += [asked_states] if asked_states else []
        if states:
            for block in proposal.blocks:
                block.values["status"] = dict(states)
    if left_out:
        proposal.notes.append(f"where leaves out {left_out}")


def _rounded(column: Column) -> bool:
    return column.share(lambda value: bool(re.fullmatch(r"\d[.,]\d+E\+\d+", value))) > 0.2
