"""The planted effects by id, and which of them are switched on."""

EFFECTS = tuple(f"E{i}" for i in range(1, 17))
SWITCHES = tuple(e for e in EFFECTS if e != "E16") + (
    "T1",
    "T3",
    "T4",
    "T5",
    "T6",
    "T7",
    "T10",
    "T14",
    "T15",
    "T19",
    "T21",
    "T8",
)
ALL = frozenset(SWITCHES)
NONE: frozenset[str] = frozenset()


def chosen(effects: str | set[str] | frozenset[str]) -> frozenset[str]:
    """'all', 'none' or a set of ids; E16 is the money side of E3 and switches with it."""
    if effects == "all":
        return ALL
    if effects == "none":
        return NONE
    if isinstance(effects, str):
        effects = {part.strip().upper() for part in effects.split(",")}
    unknown = sorted(set(effects) - ALL - {"E16"})
    if unknown:
        raise ValueError(f"no such effect: {', '.join(unknown)}; known are {', '.join(SWITCHES)}, all, none")
    return frozenset(effects) - {"E16"}
