"""What was found of a file, as text for a person."""

import json
from typing import Any

from data.masking import masked

AS_WRITTEN = (
    "sources_toml",
    "journey_toml",
    "mapping",
    "constants",
    "unused",
    "tables",
    "matches",
)  # settings, names of columns; rows are masked


def shown(found: object) -> object:
    """What was found, without what could name somebody in its sentences and in the names of files; blocks to paste stay true."""
    if isinstance(found, dict):
        return {key: value if key in AS_WRITTEN else shown(value) for key, value in found.items()}
    if isinstance(found, list):
        return [shown(value) for value in found]
    return masked(found) if isinstance(found, str) else found


def render(found: dict[str, Any]) -> str:
    """Reader, mapping, questions, the account of the load with sample rows, and the blocks to paste."""
    told: Any = shown(found)
    return _lines(told)


def _lines(found: dict[str, Any]) -> str:
    lines = [found["file"]]
    if not found.get("matches"):
        return "\n".join([*lines, f"  ! {found['problem']}"])
    best, *others = found["matches"]
    lines.append(f"  reader   {best['reader']} ({best['confidence']:.0%}): {best['evidence']}")
    lines += [f"           or {other['reader']} ({other['confidence']:.0%}): {other['evidence']}" for other in others]
    if found.get("what"):
        lines.append(f"  taken for {found['what']}")
    lines += [
        f"           {row['table']} would load {row['loaded']:,}"
        for row in found["readings"]
        if row["loaded"] and row["table"] != found["table"]
    ]
    lines += [f"  column   {row['column']} ← {row['from']!r}: {row['evidence']}" for row in found["mapping"]]
    lines += [f"  constant {name} = {value}" for name, value in found["constants"].items()]
    lines += (
        [f"  unused   {', '.join(found['unused'][:40])}{' …' if len(found['unused']) > 40 else ''}"]
        if found["unused"]
        else []
    )
    lines += [f"  ?        {question}" for question in found["questions"]]
    return "\n".join(lines + _account(found))


def _account(found: dict[str, Any]) -> list[str]:
    lines = [f"  ! {found['problem']}"] if found["problem"] else []
    lines += [f"  note     {found['notes']}"] if found["notes"] else []
    lines.append(f"  records  {found['rows_in']:,} in, {found['loaded']:,} loaded, {found['refused']:,} refused")
    if found["why"] and found["why"] != found["problem"]:
        lines.append(f"  ! nothing was loaded: {found['why']}")
    for row in found["refusals"]:
        where = f"{row['column']}: " if row["column"] else ""
        example = f" (row {row['row']:,}, {row['found']!r})" if row["found"] else ""
        allowed = f"; allowed {row['allowed']}" if row["allowed"] else ""
        lines.append(f"  {row['kind']:<8} {row['records']:,} × {where}{row['reason']}{example}{allowed}")
    for name, table in found["tables"].items():
        lines.append(f"  {name}: {table['rows']:,} rows")
        lines += [f"           {json.dumps(row, ensure_ascii=False)}" for row in table["sample"]]
    lines += ["", "# sources.toml", found["sources_toml"]]
    return lines + (["# journey.toml", found["journey_toml"]] if found["journey_toml"] else [])
