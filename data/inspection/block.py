"""A [[source]] block as text that loads as pasted: keys in the order of docs/SETTINGS.md, what is open beside it as a comment."""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from data.contract import contract
from data.settings.written import toml


@dataclass
class Block:
    """One [[source]]. `comments` are lines that stand in it behind #."""

    name: str
    reader: str
    path: str
    table: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    constants: dict[str, object] = field(default_factory=dict)
    values: dict[str, dict[str, object]] = field(default_factory=dict)
    where: str | None = None
    dates: list[str] = field(default_factory=list)
    records: str | None = None
    keys: dict[str, object] = field(
        default_factory=dict
    )  # any other key of a source: decimal, thousands, nulls, options …
    comments: list[str] = field(default_factory=list)

    def text(self, path: str | None = None) -> str:
        """The block as TOML. `path` stands in place of its own, to try it from elsewhere."""
        plain = {
            "name": self.name,
            "reader": self.reader,
            "path": path or self.path,
            "table": self.table,
            "records": self.records,
            "where": self.where,
        } | self.keys
        lines = ["[[source]]"] + [f"{key} = {toml(value)}" for key, value in plain.items() if value is not None]
        if self.dates:
            lines.append(f"dates = {toml(self.dates[0] if len(self.dates) == 1 else self.dates)}")
        lines += [
            f"{key} = {toml(value)}"
            for key, value in (("columns", self.columns), ("constants", self.constants), ("values", self.values))
            if value
        ]
        return "\n".join(lines + [f"# {_one_line(comment)}" for comment in self.comments]) + "\n"


def _one_line(text: str) -> str:
    """A comment is one line, and TOML takes no control character in it."""
    return re.sub(r"[\x00-\x1f\x7f]+", " ", text)


def where_name(name: str) -> str:
    """A column of the file as `where` writes it."""
    plain = re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*", name)
    return name if plain else '"' + name.replace('"', '""') + '"'


def source_name(stem: str, taken: Collection[str] = frozenset()) -> str:
    """A source's name from a file's, unlike those taken."""
    base = re.sub(r"[^a-z0-9]+", "-", stem.lower()).strip("-") or "source"
    name, count = base, 1
    while name in taken:
        count += 1
        name = f"{base}-{count}"
    return name


def skeleton(path: Path, stem: str, columns: list[str]) -> str:
    """A block to fill in by hand, where no table fits by itself."""
    needs = "\n".join(
        f"#   {table.name}: {', '.join(list(table.fillable)[:9])} …" for table in contract().tables.values()
    )
    return (
        f"# Which table does a record of this file belong to, and which of its columns go where? docs/SETTINGS.md has them all:\n{needs}\n"
        f'[[source]]\nname = {toml(stem)}\nreader = "table"\npath = {toml(path.name)}\ntable = "…"\n'
        f"columns = {{ … = {toml(columns[0] if columns else '…')} }}\n"
    )
