"""The house kept in order: types, the version, and paths that documents name."""

import re
import subprocess
import tomllib

import pytest

from data.version import version
from tests.core.company import ROOT

NOT_STRICT = 122  # may only become fewer
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_the_list_of_modules_that_are_not_strict_only_shrinks():
    """Every module on it is there, and none is on it twice; whoever makes one strict lowers the number."""
    (listed,) = [block["module"] for block in SETTINGS["tool"]["mypy"]["overrides"]]
    assert len(listed) <= NOT_STRICT
    assert len(set(listed)) == len(listed)
    paths = [ROOT / name.replace(".", "/") for name in listed]
    assert [str(path) for path in paths if not (path.with_suffix(".py").is_file() or path.is_dir())] == []
    assert SETTINGS["tool"]["mypy"]["strict"] is True


@pytest.mark.parametrize("room", ["data", "metrics", "exports"])
def test_every_command_says_which_version_it_is(cli, room):
    """From one place, and CHANGELOG.md knows it or says what is still to come."""
    done = cli(room, "--version")
    assert (done.returncode, done.stdout.strip()) == (0, version())
    assert re.fullmatch(r"Throughline \d+\.\d+\.\d+", version())


@pytest.mark.parametrize("name", ["requirements", "requirements-signin", "requirements-dev"])
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
    assert {**pins("requirements.lock"), **pins("requirements-signin.lock")}.items() <= dev.items()


def test_git_keeps_no_file_that_a_tool_makes():
    """Caches and coverage data stay out of the repository."""
    kept = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not re.search(r"__pycache__|\.mypy_cache|\.coverage|\.pyc$", kept)
