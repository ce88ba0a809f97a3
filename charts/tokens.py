"""Colours as tokens. Plotly figures hold them; the browser swaps them for the theme in force (config.toml keeps the
two lists in this order), and exporters swap them through `resolve`."""

import tomllib
from functools import cache
from pathlib import Path

UX, CX, INK, MUTED, FAINT, RULE, ALERT, UX_TINT, CX_TINT, PAPER = (f"#0000{i:02d}" for i in range(1, 11))
BAND, GRID, UX_WASH, CX_WASH, ALERT_WASH, G1, G2, G3, G4, G5 = (f"#0000{i:02d}" for i in range(11, 21))
SIDE = {"ux": (UX, UX_TINT), "cx": (CX, CX_TINT), "both": (INK, G1)}
CONFIG = Path(__file__).resolve().parent.parent / ".streamlit" / "config.toml"


@cache
def palette(theme: str = "light") -> dict[str, str]:
    """Token → hex of a theme."""
    spec = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"][theme]
    colours = spec["chartCategoricalColors"] + spec["chartSequentialColors"]
    return {f"#0000{i:02d}": colour for i, colour in enumerate(colours, 1)}


def resolve(text: str, theme: str = "light") -> str:
    """A figure's JSON with tokens replaced: for pictures made outside the browser."""
    for token, colour in palette(theme).items():
        text = text.replace(token, colour)
    return text
