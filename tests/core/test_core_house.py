"""The house kept in order: types, the version, and paths that documents name."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

from data.version import version
from tests.core.company import ROOT

TRACKED = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
EXAMPLES = {"exports/unknown.csv", "data/no_such.py"}  # a file of the reader's own; one this file speaks of
PATH = re.compile(
    r"(?<![\w/.-])((?:docs|data|metrics|report|charts|exports|commands|ui|pages|tests|benchmarks)/[\w/-]+\.(?:py|sql|toml|md|css|csv))\b"
)
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_module_is_left_out_of_the_strict_check_of_types():
    """commands, report, metrics and data; of the simulated company alone numpy may say Any."""
    settings = SETTINGS["tool"]["mypy"]
    assert settings["strict"] is True and settings["packages"] == ["data", "metrics", "report", "commands"]
    assert [block for block in settings["overrides"] if block.get("ignore_errors")] == []
    assert [block["module"] for block in settings["overrides"] if "follow_imports" not in block] == [["data.demo.*"]]


@pytest.mark.parametrize("room", ["data", "metrics", "exports"])
def test_every_command_says_which_version_it_is(cli, room):
    """From one place, and CHANGELOG.md knows it or says what is still to come."""
    done = cli(room, "--version")
    assert (done.returncode, done.stdout.strip()) == (0, version())
    assert re.fullmatch(r"Throughline \d+\.\d+\.\d+", version())


@pytest.mark.parametrize("name", ["requirements", "requirements-signin", "requirements-assistant", "requirements-dev"])
def test_every_library_named_stands_in_its_lock_with_hashes(name):
    """What a list names is fixed by its lock, each with at least one hash, and no place to fetch from is written there."""
    lock = (ROOT / f"{name}.lock").read_text(encoding="utf-8")
    fixed = set(re.findall(r"^([a-z0-9._-]+)==\S+ \\\n    --hash=sha256:[0-9a-f]{64}", lock, re.M))
    assert len(fixed) == len(re.findall(r"^\S+==", lock, re.M))
    lines = (ROOT / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    wanted = {re.split(r"[><=\s]", line)[0].lower() for line in lines if re.match(r"[A-Za-z]", line)}
    assert wanted and wanted <= fixed
    assert "://" not in lock and "--find-links" not in lock


def test_the_locks_name_the_same_versions():
    """Whoever runs the tests has what whoever serves has."""

    def pins(name):
        return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.M))

    dev = pins("requirements-dev.lock")
    for name in ("requirements.lock", "requirements-signin.lock", "requirements-assistant.lock"):
        assert pins(name).items() <= dev.items(), name


def test_git_keeps_no_file_that_a_tool_makes():
    """Caches and coverage data stay out of the repository."""
    assert [name for name in TRACKED if re.search(r"__pycache__|\.mypy_cache|\.coverage|\.pyc$", name)] == []


def named_paths(text: str) -> set[str]:
    """Paths of this repository that a text names, such as docs/STATISTICS.md."""
    return set(PATH.findall(text))


def words_of(file: Path) -> str:
    """What a file says to people: a document whole, of Python the docstrings and comments, of the rest the comments."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".md":
        return text
    if file.suffix == ".py":
        nodes = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
        said = [ast.get_docstring(node) or "" for node in ast.walk(ast.parse(text)) if isinstance(node, nodes)]
        return "\n".join(said + re.findall(r"#.*", text))
    return "\n".join(re.findall(r"(?:--|#).*", text))


def test_every_path_that_a_text_names_is_there():
    """Whoever follows a reference finds something: in documents, docstrings and comments. CHANGELOG.md tells of its day."""
    assert named_paths("see docs/STATISTICS.md, and data/no_such.py") == {"docs/STATISTICS.md", "data/no_such.py"}
    files = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md", *TRACKED)]
    files = [file for file in files if file.suffix in (".md", ".py", ".sql", ".toml") and file.name != "CHANGELOG.md"]
    assert len(files) > 500
    missing = {
        (str(file.relative_to(ROOT)), name)
        for file in files
        for name in named_paths(words_of(file))
        if name not in EXAMPLES and not ((ROOT / name).exists() or (file.parent / name).exists())
    }
    assert sorted(missing) == []
    links = {
        (str(file.relative_to(ROOT)), target)
        for file in files
        if file.suffix == ".md"
        for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", file.read_text(encoding="utf-8"))
        if not (file.parent / target).exists()
    }
    assert sorted(links) == []
