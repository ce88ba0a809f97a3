"""One reader a vendor export: a module of this folder with NAME and read(con, source, file) -> Reading.

Where a record's own columns or keys show whose export it is, RECORDS holds them: sets of names, any of which is enough.
"""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

_modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
READERS: dict[str, ModuleType] = {
    module.NAME: module for module in _modules if hasattr(module, "NAME") and hasattr(module, "read")
}
