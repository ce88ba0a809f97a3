"""JSON whose fields and rows stand apart, as query tools answer: the names once, and each row a list of values in their order."""

from typing import Any

from data.files.relation import Broken

NAMES = ("columns", "cols", "fields", "headers", "columnHeaders", "meta", "schema")
ROWS = ("rows", "data", "results", "values", "result", "records")
NAME = ("name", "field_name", "fieldName", "display_name", "displayName", "id", "key", "label")
DEEP = 4  # objects around a table that are looked into
Table = tuple[list[str], list[Any]]


def headed(document: Any) -> tuple[list[dict[str, Any]], list[Broken]] | None:
    """Its rows as records, where names and rows stand apart; None where they do not. A row of another length is Broken."""
    found = _table(document, 0)
    if not found:
        return None
    names, rows = found
    records, broken = [], []
    for number, row in enumerate(rows, 1):
        if isinstance(row, list) and len(row) == len(names):
            records.append(dict(zip(names, row)))
        else:
            length = f"{len(row)} values" if isinstance(row, list) else "no list of values"
            broken.append(
                Broken(
                    number, "a row does not fit the names of its columns", length, f"{len(names)} values, one a column"
                )
            )
    return records, broken


def _table(document: Any, depth: int) -> Table | None:
    if isinstance(document, list):
        return _first_row(document) if depth == 0 or len(document) != 1 else _table(document[0], depth + 1)
    if not isinstance(document, dict) or depth > DEEP:
        return None
    found = _google(document) or _bigquery(document) or _named(document) or _by_column(document)
    inner = [value for key, value in document.items() if isinstance(value, (dict, list)) and key != "metadata"]
    if found or len(inner) > 6:
        return found
    held = [table for value in inner if not _is_rows(value) and (table := _table(value, depth + 1))]
    return held[0] if len(held) == 1 else _values(document)


def _google(document: dict[str, Any]) -> Table | None:
    """Google's Analytics Data API: dimensionHeaders and metricHeaders, and rows of dimensionValues and metricValues."""
    heads = [_names(document.get(key)) or [] for key in ("dimensionHeaders", "metricHeaders")]
    rows = document.get("rows")
    if not any(heads) or not isinstance(rows, list):
        return None
    return heads[0] + heads[1], [
        [value.get("value") for key in ("dimensionValues", "metricValues") for value in row.get(key, []) if isinstance(value, dict)]
        if isinstance(row, dict)
        else row
        for row in rows
    ]  # fmt: skip


def _bigquery(document: dict[str, Any]) -> Table | None:
    """BigQuery's REST API: schema.fields, and rows {f: [{v: …}]}, records within records likewise."""
    schema, rows = document.get("schema"), document.get("rows")
    fields = schema.get("fields") if isinstance(schema, dict) else None
    names = _names(fields)
    if not names or not isinstance(fields, list) or not isinstance(rows, list):
        return None
    if not all(isinstance(row, dict) and isinstance(row.get("f"), list) for row in rows):
        return None
    return names, [list(_record(fields, row).values()) if len(row["f"]) == len(names) else row["f"] for row in rows]


def _record(fields: list[Any], row: dict[str, Any]) -> dict[str, Any]:
    return {
        field["name"]: _cell(field, cell.get("v") if isinstance(cell, dict) else cell)
        for field, cell in zip(fields, row.get("f", []))
    }


def _cell(field: dict[str, Any], value: Any) -> Any:
    inner = field.get("fields")
    if field.get("mode") == "REPEATED" and isinstance(value, list):
        held = [item.get("v") if isinstance(item, dict) else item for item in value]
        return [_record(inner, item) if inner and isinstance(item, dict) else item for item in held]
    if inner and isinstance(value, dict):
        return _record(inner, value)
    if field.get("type") == "TIMESTAMP" and isinstance(value, str) and "E" in value.upper():
        return _seconds(value)
    return value


def _seconds(value: str) -> str:
    """`1.7729856E9`, as BigQuery writes a timestamp, without the power."""
    try:
        return f"{float(value):.6f}".rstrip("0").rstrip(".")
    except ValueError:
        return value


def _named(document: dict[str, Any]) -> Table | None:
    """Names under one key, lists of values under another: Metabase, ClickHouse, Trino, PostHog, Superset, pandas' split …"""
    for names in (_names(document.get(key)) for key in NAMES):
        for rows in (document.get(key) for key in ROWS) if names else ():
            if names and isinstance(rows, list) and rows and isinstance(rows[0], list) and len(rows[0]) == len(names):
                return names, rows
    return None


def _by_column(document: dict[str, Any]) -> Table | None:
    """Each column a list of its values, or an object of them by row number: ClickHouse's JSONColumns, pandas' own form."""
    columns = list(document.values())
    if len(columns) < 2:
        return None
    if all(isinstance(column, dict) for column in columns):
        rows = list(columns[0])
        if len(rows) < 2 or not all(row.isdigit() for row in rows) or any(list(column) != rows for column in columns):
            return None
        return list(document), [list(row) for row in zip(*(column.values() for column in columns))]
    if not all(isinstance(column, list) for column in columns) or len(columns[0]) < 2:
        return None
    if any(
        len(column) != len(columns[0]) or any(isinstance(value, (dict, list)) for value in column) for column in columns
    ):
        return None
    return list(document), [list(row) for row in zip(*columns)]


def _values(document: dict[str, Any]) -> Table | None:
    """Google Sheets' API: a range, and its rows, the first of them the names."""
    values = document.get("values")
    return _first_row(values) if isinstance(values, list) and "range" in document else None


def _first_row(rows: list[Any]) -> Table | None:
    """Lists of values, the first of them the names. A sheet leaves out the empty cells at the end of a row."""
    if len(rows) < 2 or not all(isinstance(row, list) for row in rows) or not rows[0]:
        return None
    names = rows[0]
    if not all(isinstance(name, str) and name.strip() for name in names) or len(set(names)) < len(names):
        return None
    if any(isinstance(value, (dict, list)) for row in rows[:50] for value in row):
        return None
    return names, [row + [None] * (len(names) - len(row)) for row in rows[1:]]


def _names(held: Any) -> list[str] | None:
    """The names of columns: texts, or objects with a name each."""
    if not isinstance(held, list) or not held:
        return None
    names = [item if isinstance(item, str) else _name(item) for item in held]
    return [name for name in names if name] if all(names) and len(set(names)) == len(names) else None


def _name(item: Any) -> str | None:
    found = (item.get(key) for key in NAME) if isinstance(item, dict) else ()
    return next((value for value in found if isinstance(value, str) and value.strip()), None)


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(item, dict) for item in value[:3]) and len(value) > 1
