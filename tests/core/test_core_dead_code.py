"""Nothing stands in the product that only its tests use: a function, class or constant of a module is named somewhere else in it."""

import re
from collections import Counter

from tests.core.company import ROOT

ROOMS = ("data", "metrics", "report", "charts", "exports", "commands", "ui", "pages")
DEFINED = re.compile(r"^(?:(?:async )?def|class) (\w+)|^(\w+)(?:: [^=\n]+)? = ", re.MULTILINE)
# What is taken by another way than its name: readers and kinds by their module.
BY_MODULE = {"NAME", "RECORDS", "KINDS", "read_many"}


def test_nothing_is_there_for_its_tests_alone():
    files = [ROOT / "app.py", *(file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py")))]
    texts = {file.relative_to(ROOT).as_posix(): file.read_text(encoding="utf-8") for file in files}
    uses = Counter(word for text in texts.values() for word in re.findall(r"\w+", text))
    unused = [
        f"{file}: {name}"
        for file, text in texts.items()
        for name in map("".join, DEFINED.findall(text))
        if uses[name] < 2 and name not in BY_MODULE
    ]
    assert len(texts) > 400 and unused == []
