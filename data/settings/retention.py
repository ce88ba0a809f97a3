"""[retention] of sources.toml: for how many days records and texts are kept."""

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from data.errors import Problems, UserError, check_keys

MOST = 36_500  # days: more is no limit but a slip


@dataclass(frozen=True)
class Retention:
    """Days each kind is kept, None for as long as its files hold it. Texts are what people wrote: comments, subjects, messages."""

    events_days: int | None = None
    answers_days: int | None = None
    tickets_days: int | None = None
    orders_days: int | None = None
    texts_days: int | None = None

    @property
    def days(self) -> dict[str, int]:
        """Kind (events, answers, tickets, orders, texts) → days, of those that have a limit."""
        found = {field.name.removesuffix("_days"): getattr(self, field.name) for field in fields(self)}
        return {kind: days for kind, days in found.items() if days is not None}


def retention_of(spec: dict[str, Any], file: Path) -> Retention:
    """The block, checked. Raises UserError for an unknown key or what is no number of days."""
    problems = Problems()
    problems.of(check_keys, spec, [field.name for field in fields(Retention)], file=file, where="[retention]")
    for key, value in spec.items():
        if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= MOST:
            problems.found.append(
                UserError(
                    "not a number of days",
                    file=file,
                    where=f"[retention] {key}",
                    found=repr(value)[:80],
                    allowed=f"a whole number from 1 to {MOST:,}",
                    fix="Leave the key out to keep everything",
                )
            )
    problems.end()
    return Retention(**spec)


def kept_from(days: int, today: date | None = None) -> date:
    """The first day that is kept."""
    return (today or datetime.now(UTC).date()) - timedelta(days=days)
