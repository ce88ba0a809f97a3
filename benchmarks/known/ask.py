"""From a company's rows to a generation that can be asked: written, built by the product, opened, cleared away."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.known.files import Company
from data.build.build import build
from data.store.generations import Generation, open_generation


@contextmanager
def opened(company: Company, folder: Path) -> Iterator[Generation]:
    """The company's newest generation. Raises RuntimeError where the build refused it."""
    summary = build(company.write(folder / "files"), None, folder / "store")
    if not summary.generation:
        raise RuntimeError(f"the company was not built: {summary.failed_checks or summary.files}")
    generation = open_generation(folder / "store")
    try:
        yield generation
    finally:
        generation.connection.close()
        shutil.rmtree(folder, ignore_errors=True)
