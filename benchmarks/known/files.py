"""A company as plain CSV files, its sources.toml and journey.toml: what a user would have in a folder."""

import csv
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

COLUMNS = {
    "events": ("event_id", "occurred_at", "event_name", "session_id", "anonymous_id", "customer_id", "url"),
    "answers": (
        "response_id",
        "responded_at",
        "survey",
        "question_id",
        "metric",
        "scale_min",
        "scale_max",
        "score",
        "customer_id",
        "session_id",
        "order_id",
    ),
    "tickets": (
        "ticket_id",
        "created_at",
        "first_reply_at",
        "solved_at",
        "status",
        "contact_via",
        "category",
        "customer_id",
    ),
    "orders": ("order_id", "ordered_at", "amount", "margin", "delivered_at", "promised_at", "customer_id"),
    "people": ("customer_id", "segment"),
}
TABLES = {
    "events": "web_events",
    "answers": "survey_answers",
    "tickets": "support_tickets",
    "orders": "orders",
    "people": "people",
}


@dataclass
class Company:
    """Rows by file. `stages` are journey.toml's, each with its own path, survey, ticket category and goal; `kinds`: survey → kind, where it
    is not the transactional one of a stage."""

    first: datetime
    rows: dict[str, list[tuple]] = field(default_factory=lambda: {name: [] for name in COLUMNS})
    stages: list[tuple[str, str]] = field(default_factory=list)
    settings: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    number: int = 0

    def next(self, letter: str) -> str:
        """An id nobody has yet."""
        self.number += 1
        return f"{letter}{self.number}"

    def at(self, day: float, minutes: float = 0.0) -> str:
        """A time so many days after the first, as text."""
        return (self.first + timedelta(days=float(day), minutes=float(minutes))).isoformat(sep=" ", timespec="seconds")

    def stage(self, name: str, more: str = "") -> None:
        """Add a stage; `more` are further lines of its block."""
        self.stages.append((name, more))

    def visit(
        self, stage: str, day: float, browser: str, person: str = "", reached: bool = False, error: bool = False
    ) -> str:
        """A visit of one stage: a page, perhaps an error, perhaps its goal. Returns the session's id."""
        session = self.next("s")
        names = ["page_view", *(["error"] if error else []), *([f"done_{stage}"] if reached else [])]
        for minute, name in enumerate(names):
            self.rows["events"].append(
                (
                    self.next("e"),
                    self.at(day, minute),
                    name,
                    session,
                    browser,
                    person,
                    f"https://shop.example/{stage}/page",
                )
            )
        return session

    def answer(
        self,
        survey: str,
        day: float,
        score: object,
        metric: str,
        scale: tuple[int, int],
        person: str = "",
        session: str = "",
        order: str = "",
    ) -> None:
        """One answer to a survey of the same name as its stage."""
        self.rows["answers"].append(
            (self.next("r"), self.at(day), survey, metric, metric, *scale, score, person, session, order)
        )

    def ticket(
        self, category: str, day: float, person: str, reply_hours: float | None = None, via: str = "email"
    ) -> None:
        """One solved ticket."""
        replied = self.at(day, 60 * reply_hours) if reply_hours is not None else ""
        self.rows["tickets"].append(
            (self.next("t"), self.at(day), replied, replied, "solved" if replied else "open", via, category, person)
        )

    def write(self, folder: Path) -> Path:
        """Write the files that hold rows; returns sources.toml."""
        folder.mkdir(parents=True, exist_ok=True)
        blocks = ['[company]\nname = "Known"\ntimezone = "UTC"\n' + self.settings]
        for name, rows in self.rows.items():
            if rows:
                with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as out:
                    csv.writer(out).writerows([COLUMNS[name], *rows])
                columns = ", ".join(f'{column} = "{column}"' for column in COLUMNS[name])
                blocks.append(
                    f'[[source]]\nname = "{name}"\nreader = "table"\npath = "{name}.csv"\ntable = "{TABLES[name]}"\ncolumns = {{ {columns} }}\n'
                )
        (folder / "sources.toml").write_text("\n".join(blocks), encoding="utf-8")
        (folder / "journey.toml").write_text("\n".join(self._journey()), encoding="utf-8")
        return folder / "sources.toml"

    def _journey(self) -> list[str]:
        lines = ['[[journey]]\nname = "Purchase"\n']
        lines += [
            f'[[journey.stage]]\nname = "{name}"\npaths = ["/{name}/*"]\ntickets = ["{name}"]\nsurveys = ["{name}"]\n'
            f'goal = "event:done_{name}"\n{more}\n'
            for name, more in self.stages
        ]
        kinds = {name: "transactional" for name, _ in self.stages} | self.kinds
        lines += [f'[[survey]]\nname = "{name}"\nkind = "{kind}"\ntrigger = "random"\n' for name, kind in kinds.items()]
        return lines
