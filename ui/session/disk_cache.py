"""What a start of the app need not ask again: answers a generation gave before, as long as the same code would ask."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
import numpy as np

from data.sqlfile import ROOT
from data.store.names import store_path
from data.store.result_cache import Answers, answers_file
from metrics.catalogue.load import folders

Answer = TypeVar("Answer")


def kept(kind: type[Answer], question: object, generation: str, ask: Callable[[], Answer]) -> Answer:
    """The answer of `ask`, from the last time it was asked where that is known. `question` says all of what is asked by its
    repr; `kind` is the answer's type: only data of that shape is ever read back, never code."""
    answers, name = Answers(answers_file(store_path())), f"{_code()} {question!r}"
    if (found := answers.find(generation, name)) is not None:
        try:
            return msgspec.msgpack.decode(found, type=kind)
        except msgspec.DecodeError:
            pass  # damaged, or written by another release of a library: asked again below
    answer = ask()
    answers.keep(generation, name, msgspec.msgpack.encode(answer, enc_hook=_plain))
    return answer


@functools.cache
def _code() -> str:
    """A digest of all that decides an answer beside the store: the metric layer's code and SQL, every definition, and which rows are
    granted (data/store): what a release mends there must not go on being answered from before it."""
    files = {
        path
        for folder in (ROOT / "metrics", ROOT / "data" / "store", *folders())
        for path in folder.rglob("*")
        if path.suffix in (".py", ".sql", ".toml")
    }
    digest = hashlib.sha256()
    for path in sorted(files):
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _plain(value: Any) -> Any:
    """NumPy's numbers as Python's."""
    if isinstance(value, np.generic):
        return value.item()
    raise NotImplementedError(f"{type(value).__name__} is not kept")
