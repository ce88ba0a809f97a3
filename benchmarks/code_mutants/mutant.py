"""One broken rule as data: the file, the exact text, what stands in its place, the rule it breaks, the tests that ought to see it."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from data.errors import UserError, check_keys

LIST = Path(__file__).parent / "list"
KEYS = ("id", "file", "text", "becomes", "rule", "tests")


@dataclass(frozen=True)
class Mutant:
    """`text` occurs exactly once in `file` and is replaced by `becomes`; `rule` is what then no longer holds; `tests` are files or
    single tests in pytest's spelling; `room` is the file of the list, and with it the part of the house."""

    id: str
    room: str
    file: str
    text: str
    becomes: str
    rule: str
    tests: tuple[str, ...]

    def applied(self, content: str) -> str:
        """The file's content with the rule broken. Raises UserError where the text does not stand there exactly once."""
        found = content.count(self.text)
        if found != 1:
            raise UserError(
                f"the text of mutant {self.id} is not found exactly once",
                file=self.file,
                where=f"benchmarks/code_mutants/list/{self.room}.toml",
                found=f"{found} times: {self.text[:90]!r}",
                fix="The code has changed: write the text as it stands now, or take the mutant out if the rule is gone",
            )
        return content.replace(self.text, self.becomes)


def mutants(only: str = "", folder: Path = LIST) -> list[Mutant]:
    """The list in order of its files; `only` keeps those whose id, file or rule holds the text. Raises UserError for a slip in it."""
    found = [one for path in sorted(folder.glob("*.toml")) for one in _read(path)]
    twice = {one.id for one in found if sum(other.id == one.id for other in found) > 1}
    if twice:
        raise UserError("an id stands twice in the list of mutants", found=", ".join(sorted(twice)))
    kept = [one for one in found if only.lower() in f"{one.id} {one.file} {one.rule}".lower()]
    if not kept:
        raise UserError("no mutant holds this text", found=only, fix="Without --only the whole list is run")
    return kept


def problems(found: list[Mutant], root: Path) -> list[UserError]:
    """Every mutant that cannot be applied to the tree under `root`, or whose files or tests are not there."""
    wrong: list[UserError] = []
    for one in found:
        missing = [] if (root / one.file).is_file() else [one.file]
        missing += [test for test in one.tests if not _there(test, root)]
        if missing:
            wrong.append(UserError(f"mutant {one.id} names what is not there", found=", ".join(missing)))
            continue
        try:
            one.applied((root / one.file).read_text(encoding="utf-8"))
        except UserError as error:
            wrong.append(error)
    return wrong


def _there(test: str, root: Path) -> bool:
    """Whether a test's file is there, and in it the test where one is named."""
    name, _, function = test.partition("::")
    file = root / name
    return file.is_file() and (not function or f"def {function}(" in file.read_text(encoding="utf-8"))


def _read(path: Path) -> list[Mutant]:
    entries = tomllib.loads(path.read_text(encoding="utf-8")).get("mutant", [])
    for entry in entries:
        where = f"mutant {entry.get('id', '')}"
        check_keys(entry, KEYS, file=path.name, where=where)
        lacking = [key for key in KEYS if key not in entry]
        if lacking or not entry["tests"] or entry["text"] == entry["becomes"]:
            raise UserError(
                "a mutant has all its keys, at least one test, and changes something",
                file=path.name,
                where=where,
                found=f"without {', '.join(lacking)}" if lacking else "nothing changed or no test",
            )
    return [Mutant(**entry | {"room": path.stem, "tests": tuple(entry["tests"])}) for entry in entries]
