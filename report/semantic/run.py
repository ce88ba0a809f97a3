"""What `python -m metrics semantic` does."""

import json
from pathlib import Path

from data.store.generations import Generation
from report.semantic import back
from report.semantic.carried import split
from report.semantic.formats import dbt, ossie
from report.tables import aligned
from report.text.catalogue import say

FORMATS = {"ossie": ossie, "dbt": dbt}


def exported(style: str, generation: Generation, out: Path) -> str:
    """Write the catalogue; what is said of it: how many metrics are carried, and why each other is not."""
    made, left = split()
    out.write_text(json.dumps(FORMATS[style](made, generation), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    head = say("assistant.semantic.exported", carried=len(made), out=out, left=len(left))
    return "\n".join([head, aligned([[name, why] for name, why in left.items()])])


def imported(file: Path, folder: Path) -> str:
    """Write the definitions of a file into a folder; what is said of it."""
    whole, lacking = back.definitions(back.read(file))
    files = back.write(whole, folder)
    head = say("assistant.semantic.imported", count=len(files), folder=folder, left=len(lacking))
    return "\n".join([head, *([aligned([[name, why] for name, why in lacking.items()])] if lacking else [])])
