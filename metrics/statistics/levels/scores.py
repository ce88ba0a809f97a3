"""Scores of single questionnaires, as published. None where an answer is missing or off the scale."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeGuard

SUS_ITEMS = 10


def sus(items: Sequence[float | None]) -> float | None:
    """System Usability Scale, 0–100 (not a percentage): odd items x−1, even items 5−x, sum · 2.5 (Brooke 1996).

    All ten items, each 1–5.
    """
    given = [item for item in items if _on(item, 1, 5)]
    if len(items) != SUS_ITEMS or len(given) != SUS_ITEMS:
        return None
    return 2.5 * sum(item - 1 if place % 2 == 0 else 5 - item for place, item in enumerate(given))


def umux_lite(useful: float | None, ease: float | None) -> float | None:
    """UMUX-Lite, 0–100, from two items on 1–7: (useful + ease − 2)·100/12 (Lewis, Utesch & Maher 2013)."""
    return (useful + ease - 2) * 100 / 12 if _on(useful, 1, 7) and _on(ease, 1, 7) else None


def csat_top_box(counts: Sequence[float], boxes: int = 2) -> float | None:
    """Share answering in the top `boxes` classes; `counts` from the lowest class to the highest."""
    return sum(counts[-boxes:]) / sum(counts) if sum(counts) > 0 else None


def scale_mean(counts: Sequence[float], lowest: float = 1) -> float | None:
    """Mean of answers on `lowest`, `lowest`+1, …; `counts` from the lowest class to the highest."""
    total = sum(counts)
    return sum(count * (lowest + place) for place, count in enumerate(counts)) / total if total > 0 else None


def ces_top_box(counts: Sequence[float]) -> float | None:
    """CES 2.0, 1–7 agree "made it easy": share answering 5, 6 or 7. `counts` of 1 … 7; None for any other scale."""
    return csat_top_box(counts, 3) if len(counts) == 7 else None


def ces_mean(counts: Sequence[float]) -> float | None:
    """CES 2.0, 1–7, high = easy: the mean. `counts` of 1 … 7; None for any other scale, CES 1.0 runs the other way."""
    return scale_mean(counts) if len(counts) == 7 else None


def _on(item: float | None, low: float, high: float) -> TypeGuard[float]:
    return item is not None and low <= item <= high
