"""How well the lists read a company's own texts: sensitivity and specificity against labels people gave."""

import csv
import io
from pathlib import Path

from data.errors import UserError
from data.texts.score import Score, score

COLUMNS = ("text", "labels")
SENTIMENTS = ("positive", "neutral", "negative")


def check(file: Path) -> list[dict]:
    """One row a label that somebody gave: label, sensitivity, specificity, positives, negatives, as the lists find them.

    The file is a CSV with the columns text and labels (apart by |: sentiment, emotions, effort) and, where known, language and
    question. A text without any label counts as having none. Raises UserError for a file without those columns.
    """
    rows = _rows(file)
    given = [{part.strip().lower() for part in row["labels"].split("|") if part.strip()} for row in rows]
    found = [labels_of(score(row["text"], row.get("question") or "", row.get("language") or "")) for row in rows]
    scored = [(said, seen) for said, seen in zip(given, found) if seen is not None]
    return [_errors(label, scored) for label in sorted(set().union(*given))]


def labels_of(found: Score) -> set[str] | None:
    """Every label the lists give a text; None where it could not be scored."""
    if found.sentiment is None:
        return None
    return {found.sentiment, *(name for name, _ in found.emotions), *(["effort"] if found.effort else [])}


def render(rows: list[dict]) -> str:
    """A line a label, each with what a definition of one's own takes as `parts`."""
    lines = []
    for row in rows:
        numbers = "too few to say" if row["sensitivity"] is None or row["specificity"] is None else (
            f'parts = {{ sensitivity = "{row["sensitivity"]:.3f}", specificity = "{row["specificity"]:.3f}", '
            f'positives = "{row["positives"]}", negatives = "{row["negatives"]}" }}')
        lines.append(f"{row['label']:<16} {row['positives']:>6} with it, {row['negatives']:>6} without   {numbers}")
    return "\n".join(lines) or "no text has a label"


def _errors(label: str, scored: list[tuple[set[str], set[str]]]) -> dict:
    hits = [label in seen for said, seen in scored if label in said]
    others = [label not in seen for said, seen in scored if label not in said]
    return {"label": label, "sensitivity": sum(hits) / len(hits) if hits else None,
            "specificity": sum(others) / len(others) if others else None, "positives": len(hits), "negatives": len(others)}


def _rows(file: Path) -> list[dict]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot be read: {error}", file=file, fix="Name a CSV in UTF-8") from None
    reader = csv.DictReader(io.StringIO(text))
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise UserError(f"has no column {' or '.join(lacking)}", file=file, found=", ".join(reader.fieldnames or ()),
                        allowed="text, labels (apart by |), and where known language, question")
    return [row | {"text": row["text"] or "", "labels": row["labels"] or ""} for row in reader]
