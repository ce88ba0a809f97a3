"""`throughline`, where it was installed from a wheel: serves the app, or runs one of its commands, from whatever folder it is started in."""

import os
import runpy
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]  # app.py, pages/, metrics/, data/ … lie there as in the repository
COMMANDS = ("data", "metrics", "exports")
# Files the app looks for where it is started: setting → name
LIES_HERE = {
    "THROUGHLINE_STORE": ".store",
    "THROUGHLINE_ACCESS": "access.toml",
    "THROUGHLINE_RIGHTS": "rights.toml",
    "STREAMLIT_SECRETS_FILES": ".streamlit/secrets.toml",
}
NAMED = (
    "THROUGHLINE_SOURCES",
    "THROUGHLINE_JOURNEY",
    "THROUGHLINE_USERS",
    "THROUGHLINE_METRICS",
    "THROUGHLINE_WORDS",
)


def settings(folder: Path) -> dict[str, str]:
    """The environment in which the app, running from its own folder, finds what lies in the folder it is started in. What is set stays; a path
    that is not whole is meant from there."""
    found = {name: str(folder / os.environ[name]) for name in (*LIES_HERE, *NAMED) if os.environ.get(name)}
    found |= {name: str(folder / file) for name, file in LIES_HERE.items() if not os.environ.get(name)}
    if "THROUGHLINE_SOURCES" not in os.environ and (folder / "sources.toml").exists():
        found["THROUGHLINE_SOURCES"] = str(folder / "sources.toml")
    return found


def main(words: list[str] | None = None) -> int:
    """`throughline [serve] [words for streamlit]`, `throughline data …`, `throughline metrics …`, `throughline exports …`."""
    given = sys.argv[1:] if words is None else words
    sys.path.insert(0, str(HOME))
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (str(HOME), os.environ.get("PYTHONPATH"))))
    if given[:1] and given[0] in COMMANDS:
        sys.argv = [f"python -m {given[0]}", *given[1:]]
        runpy.run_module(given[0], run_name="__main__", alter_sys=True)
        return 0
    os.environ.update(settings(Path.cwd()))
    os.chdir(HOME)  # where Streamlit finds .streamlit/config.toml
    more = given[1:] if given[:1] == ["serve"] else given
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", "app.py", *more])
