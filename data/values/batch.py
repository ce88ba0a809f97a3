"""What a reader hands over, and how each of its columns is read."""

from dataclasses import dataclass, field

from data.values.dates import DateRule
from data.values.ids import IdRule
from data.values.numbers import NumberRule

AS_WRITTEN = ("text", "id", "json")  # kinds a cast cannot fail
NULLS = (
    "",
    "NA",
    "N/A",
    "n/a",
    "NULL",
    "null",
    "NaN",
    "nan",
    "#N/A",
    "#NV",
    "#N/D",
    "#NULL!",
    "<NA>",
    "\\N",
    "-",
    "--",
    "–",
    "—",
    "(blank)",
    "(leer)",
    "(vide)",
    "(en blanco)",
    "(vacío)",
    "(vuoto)",
    "(leeg)",
)


@dataclass
class Batch:
    """Rows of one contract table as a reader gives them.

    `relation` has `_row` (the record) and any of the table's fillable columns; text is cast here, other types are
    taken as they are. A reader refuses a record itself by the columns `_kind`, `_reason`, `_column`, `_found`, and
    says by `_file` which file a record is of where it read several as one.
    """

    table: str
    relation: str
    dates: tuple[str, ...] = ()
    timezone: str = "UTC"
    nulls: tuple[str, ...] = NULLS
    decimal: str | None = None  # stated, else by the values of each column
    origin: dict[str, str] = field(default_factory=dict)  # contract column → the file's own name for it


@dataclass(frozen=True)
class Stamp:
    """What every row of a load carries, and the salt its e-mails and phones are hashed with."""

    source: str
    file: str
    load: str
    salt: str
    days: str = "UTC"  # the company's zone: a date without a time is that day there


@dataclass
class Rules:
    """How each column of a batch is read, by its own values."""

    dates: dict[str, DateRule] = field(default_factory=dict)
    numbers: dict[str, NumberRule] = field(default_factory=dict)
    ids: dict[str, IdRule] = field(default_factory=dict)
    lists: dict[str, tuple[list[str], bool]] = field(default_factory=dict)

    @property
    def notes(self) -> list[str]:
        """What is worth saying of how a column was read."""
        return [text for rule in self.dates.values() for text in rule.notes]


@dataclass(frozen=True)
class Outcome:
    """What came of a batch beside its rows: the question only the user can answer, and what is said of how it was read."""

    question: str | None
    notes: list[str]
