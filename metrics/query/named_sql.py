"""Questions that are not metric × dimension: one file a question in metrics/sql, rows as dictionaries."""

from typing import Any

from data.sqlfile import sql
from data.store.generations import Generation
from data.store.version import understood


@understood
def ask_rows(
    generation: Generation, name: str, parameters: dict[str, object], part: str | None = None
) -> list[dict[str, Any]]:
    """The rows of metrics/sql/<name>.sql. Only parameters the file names are bound; `part` is a table kept in parts."""
    text = sql("metrics/sql", name)
    wanted = {key: value for key, value in parameters.items() if f"${key}" in text}
    cursor = (generation.cursor_with(part) if part else generation.cursor()).execute(text, wanted)
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row)) for row in cursor.fetchall()]
