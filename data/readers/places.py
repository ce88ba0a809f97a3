"""A name of sources.toml in one opened file: a column, a path into JSON (also into JSON text in a cell), or several as one."""

from collections.abc import Iterable

import duckdb

from data.errors import nearest
from data.files.json_paths import is_template, made_of, opened_at, template_parts, text_at
from data.files.salvage import read_json
from data.files.tabular import Relation

FIRST = 1000  # records looked at before all of them are
DEEP = 4  # levels of a document whose paths are offered as hints
NESTED = ("STRUCT", "MAP", "JSON")


class Places:
    """Calling it with a name gives the SQL of its text, or None where the file has no such column."""

    def __init__(self, con: duckdb.DuckDBPyConnection, relation: Relation):
        self.con, self.relation = con, relation
        self.types = (
            {}
            if relation.columns == ["doc"]
            else {row[0]: row[1] for row in con.execute(f"describe {relation.name}").fetchall()}
        )
        self.folded = {name.strip().lower(): name for name in reversed(relation.columns)}
        self.kept: dict[str, str | None] = {}

    def __call__(self, name: str) -> str | None:
        if name not in self.kept:
            self.kept[name] = self._found(name)
        return self.kept[name]

    def column(self, name: str) -> str | None:
        """The file's own column of that name, else in other letter case; None for a path or a template."""
        return name if name in self.types else self.folded.get(name.strip().lower())

    def unknown(self, name: str) -> list[str]:
        """The columns `name` stands for that the file does not have."""
        if self(name) is not None:
            return []
        return [part for part in template_parts(name) if self(part) is None] if is_template(name) else [name]

    def made(self, name: str, whole: bool) -> str | None:
        """The SQL of a template, where `name` is one and the file has all its columns. `whole`: all parts or nothing."""
        if self.column(name) or not is_template(name) or any(self(part) is None for part in template_parts(name)):
            return None
        return made_of(name, self, whole)

    def _found(self, name: str) -> str | None:
        if not self.types:
            return self.made(name, True) or self._filled("doc", name)
        column = self.column(name)
        if column:
            return self._text(column)
        return self.made(name, True) or self._inside(name)

    def _text(self, column: str) -> str:
        kind, quoted = self.types[column], _quoted(column)
        nested = kind.startswith(NESTED) or kind.endswith("]")
        return f"cast(to_json({quoted}) as varchar)" if nested else f"cast({quoted} as varchar)"

    def _inside(self, name: str) -> str | None:
        """A path whose beginning is a column: the longest such beginning."""
        for cut in reversed([place for place, sign in enumerate(name) if sign in ".[" and place]):
            column, rest = self.column(name[:cut]), name[cut:].removeprefix(".")
            if column and rest:
                quoted = _quoted(column)
                text = self.types[column] == "VARCHAR"
                return self._filled(f"try_cast({quoted} as json)" if text else f"to_json({quoted})", rest)
        return None

    def _filled(self, document: str, path: str) -> str:
        """The text at the path; where no record has it so, as if what is on the way were JSON written as text."""
        direct, opened = text_at(document, path), opened_at(document, path)
        return opened if opened and not self.any_has(direct) and self.any_has(opened) else direct

    def any_has(self, expression: str) -> bool:
        """Whether any record has something there."""
        return any(
            self.con.execute(
                f"select count({expression}) > 0 from (select * from {self.relation.name}{some})"
            ).fetchall()[0][0]
            for some in ((f" limit {FIRST}", "") if self.relation.records > FIRST else ("",))
        )

    def empty(self, names: Iterable[str]) -> list[str]:
        """Those of the names that are paths at which no record has a value."""
        paths = [name for name in names if not self.column(name) and not is_template(name)]
        return [name for name in paths if (sql := self(name)) and not self.any_has(sql)]

    def known(self) -> list[str]:
        """The columns of the file, or the paths of its first documents."""
        if self.types:
            return self.relation.columns
        rows = self.con.execute(f"select cast(doc as varchar) from {self.relation.name} limit 50").fetchall()
        return list(dict.fromkeys(path for (row,) in rows for path in _paths(read_json(row))))

    def hints(self, names: list[str]) -> str:
        """The names with the nearest the file has."""
        known = self.known()
        return ", ".join(f"{name!r} ({hint})" if (hint := nearest(name, known)) else repr(name) for name in names)


def shown(names: list[str]) -> str:
    """The first names, none of them long."""
    return ", ".join(name if len(name) <= 60 else name[:60] + "…" for name in names[:20])


def _paths(item: object, above: str = "", level: int = 0) -> list[str]:
    if not isinstance(item, dict) or level >= DEEP:
        return [above] if above else []
    return [
        path for key, value in item.items() for path in _paths(value, f"{above}.{key}" if above else key, level + 1)
    ]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
