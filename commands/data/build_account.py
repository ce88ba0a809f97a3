"""The account of a build as a person reads it."""

from __future__ import annotations

from data.build.build import Summary
from data.masking import masked
from data.masking.shown import shown_file
from data.questions import Question


def as_text(summary: Summary) -> str:
    """The account as a person reads it."""
    width = max([len(shown_file(f["file"])) for f in summary.files] + [4])
    lines = [f"{'file':<{width}}  {'in':>10}  {'loaded':>10}  {'refused':>10}  source"]
    for file in summary.files:
        lines.append(
            f"{shown_file(file['file']):<{width}}  {file['rows_in']:>10,}  {file['loaded']:>10,}  {file['refused']:>10,}  {file['source']}"
        )
    lines += remarks(summary)
    lines.append(
        f"unchanged: {summary.generation} serves on, made of the same files, settings and rules (--again builds all the same)"
        if summary.unchanged
        else f"published {summary.generation}"
        if summary.generation
        else "not published: "
        + ("a check failed" if summary.failed_checks else "nothing was loaded")
        + "; what was there before still serves"
    )
    return "\n".join(lines)


def remarks(summary: Summary) -> list[str]:
    """What a person should look at: `!` for what may be wrong, `?` for how something was read."""
    lines = [f"! {file['source']}: {file['problem']}" for file in summary.files if file.get("problem")]
    lines += [f"? {shown_file(file['file'])}: {file['notes']}" for file in summary.files if file.get("notes")]
    lines += [
        f"! source {source!r}: {rows:,} records, none loaded: {summary.reasons.get(source, 'no reason is known')}"
        for source, rows in summary.barren.items()
    ]
    lines += question_lines(summary.open_questions)
    lines += [f"! check failed: {text}" for text in summary.failed_checks]
    return [masked(line) for line in lines]


def question_lines(questions: list[Question], most: int = 20) -> list[str]:
    """One line a question with how to say that it is so; severe ones stand first."""
    lines = [
        f"! {question.sentence}" + (f' (If it is so: confirmed = ["{question.key}"])' if question.source else "")
        for question in questions[:most]
    ]
    return lines + (
        [f"! and {len(questions) - most:,} more: see python -m data doctor"] if len(questions) > most else []
    )
