"""Which language a company's settings name, read before any sentence is taken: from sources.toml itself, as no store may be open yet."""

import os
import tomllib
from pathlib import Path

from data.errors import UserError
from data.store import version
from data.store.names import current_name, store_path


def configured_language() -> str | None:
    """`[company] language` of the settings in force: those THROUGHLINE_SOURCES names, else sources.toml where the process started, else
    those the store was made from. None where they are not there, cannot be read or name none."""
    file = _settings()
    if file is None:
        return None
    try:
        company = tomllib.loads(file.read_text(encoding="utf-8")).get("company", {})
    except (OSError, ValueError):
        return None  # whoever builds from it is told
    told = company.get("language") if isinstance(company, dict) else None
    return told if isinstance(told, str) and told else None


def _settings() -> Path | None:
    asked = os.environ.get("THROUGHLINE_SOURCES")
    if asked or Path("sources.toml").is_file():
        return Path(asked or "sources.toml")
    store = store_path()
    try:
        name = current_name(store)
        made = version.made(store / name).sources if name else None
    except (OSError, UserError):
        return None
    return Path(made) if made else None
