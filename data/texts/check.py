"""How well the lists read a company's own texts: sensitivity and specificity against labels people gave."""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.errors import UserError
from data.texts.score import Score, score

COLUMNS = ("text", "labels")
SENTIMENTS = ("positive", "neutral", "negative")


@dataclass(frozen=True)
class Check:
    """`labels`: one row a label somebody gave; `sentiment`: over texts labelled with one sentiment, macro-F1 of those that were scored and of
    all of them (a text left unscored counts as missed); `left_out`: reason → texts that could not be scored."""

    labels: list[dict[str, Any]]
    sentiment: dict[str, Any]
    left_out: dict[str, int]
    texts: int

    @property
    def summary(self) -> dict[str, Any]:
        """One row of numbers: texts, scored, left out by reason, sentiment."""
        return {
            "summary": True,
            "texts": self.texts,
            "scored": self.texts - sum(self.left_out.values()),
            "not_scored": self.left_out,
            **self.sentiment,
        }


def check(file: Path) -> Check:
    """How the lists read labelled texts.

    The file is a CSV with the columns text and labels (apart by |: sentiment, emotions, effort) and, where known, language and
    question. A text without any label counts as having none. Raises UserError for a file without those columns.
    """
    rows = _rows(file)
    given = [{part.strip().lower() for part in row["labels"].split("|") if part.strip()} for row in rows]
    read = [score(row["text"], row.get("question") or "", row.get("language") or "") for row in rows]
    seen = [labels_of(found) for found in read]
    scored = [(said, found) for said, found in zip(given, seen) if found is not None]
    left_out = Counter(found.not_scored or "" for found in read if found.sentiment is None)
    return Check(
        [_errors(label, scored) for label in sorted(set().union(*given))],
        _sentiment(given, read),
        dict(left_out.most_common()),
        len(rows),
    )


def _sentiment(given: list[set[str]], read: list[Score]) -> dict[str, Any]:
    """Macro-F1 over the sentiments that occur among the labels; None where no text is labelled with exactly one."""
    pairs = [
        (next(iter(said & set(SENTIMENTS))), found.sentiment)
        for said, found in zip(given, read)
        if len(said & set(SENTIMENTS)) == 1
    ]
    scored = [pair for pair in pairs if pair[1] is not None]
    return {
        "sentiment_texts": len(pairs),
        "sentiment_scored": len(scored),
        "macro_f1": macro_f1(scored),
        "macro_f1_of_all": macro_f1(pairs),
    }


def macro_f1(pairs: list[tuple[str, str | None]]) -> float | None:
    """Unweighted mean of 2·hits ÷ (2·hits + missed + wrongly given) over the true labels; None without any."""
    labels = sorted({true for true, _ in pairs})
    return sum(_f1(label, pairs) for label in labels) / len(labels) if labels else None


def _f1(label: str, pairs: list[tuple[str, str | None]]) -> float:
    hits = sum(true == label == found for true, found in pairs)
    wrong = sum((true == label) != (found == label) for true, found in pairs)
    return 2 * hits / (2 * hits + wrong)


def labels_of(found: Score) -> set[str] | None:
    """Every label the lists give a text; None where it could not be scored."""
    if found.sentiment is None:
        return None
    return {found.sentiment, *(name for name, _ in found.emotions), *(["effort"] if found.effort else [])}


def render(found: Check) -> str:
    """A line a label, each with what a definition of one's own takes as `parts`; then the F1 of sentiment and what was left out."""
    lines = []
    for row in found.labels:
        numbers = (
            "too few to say"
            if row["sensitivity"] is None or row["specificity"] is None
            else (
                f'parts = {{ sensitivity = "{row["sensitivity"]:.3f}", specificity = "{row["specificity"]:.3f}", '
                f'positives = "{row["positives"]}", negatives = "{row["negatives"]}" }}'
            )
        )
        lines.append(f"{row['label']:<16} {row['positives']:>6} with it, {row['negatives']:>6} without   {numbers}")
    if not lines:
        return "no text has a label"
    told = found.sentiment
    if told["macro_f1_of_all"] is not None:
        of_scored = (
            "none scored"
            if told["macro_f1"] is None
            else f"{told['macro_f1']:.3f} of the {told['sentiment_scored']:,} scored"
        )
        lines.append(
            f"sentiment: macro-F1 {of_scored}, {told['macro_f1_of_all']:.3f} of all {told['sentiment_texts']:,} labelled with one (not scored = missed)"
        )
    lines += [f"left out: {texts:,} of {found.texts:,} texts: {reason}" for reason, texts in found.left_out.items()]
    return "\n".join(lines)


def _errors(label: str, scored: list[tuple[set[str], set[str]]]) -> dict[str, Any]:
    hits = [label in seen for said, seen in scored if label in said]
    others = [label not in seen for said, seen in scored if label not in said]
    return {
        "label": label,
        "sensitivity": sum(hits) / len(hits) if hits else None,
        "specificity": sum(others) / len(others) if others else None,
        "positives": len(hits),
        "negatives": len(others),
    }


def _rows(file: Path) -> list[dict[str, Any]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"cannot be read: {error}", file=file, fix="Name a CSV in UTF-8") from None
    reader = csv.DictReader(io.StringIO(text))
    if lacking := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        raise UserError(
            f"has no column {' or '.join(lacking)}",
            file=file,
            found=", ".join(reader.fieldnames or ()),
            allowed="text, labels (apart by |), and where known language, question",
        )
    return [row | {"text": row["text"] or "", "labels": row["labels"] or ""} for row in reader]
