"""What makes files of charts, handed in by app.py: ui does not import exports. Without it there are no export menus."""

from types import ModuleType

_HELD: list[ModuleType] = []


def use(module: ModuleType) -> None:
    """Say what makes the files: a module with the functions of exports.api."""
    _HELD[:] = [module]


def ready() -> bool:
    """Whether anything makes files."""
    return bool(_HELD)


def makers() -> ModuleType:
    """The module handed in."""
    return _HELD[0]
