"""The version of the product. It is written once, in pyproject.toml under [project]; CHANGELOG.md says what each brought."""

import tomllib
from pathlib import Path


def version() -> str:
    """Such as `Throughline 0.1.0`."""
    settings = tomllib.loads((Path(__file__).resolve().parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    return f"Throughline {settings['project']['version']}"
