"""The wheel: the repository's own layout below one package, so that no room's name stands alone among the installed ones.

pip wheel --no-deps . && pip install throughline-*.whl && throughline
"""

from pathlib import Path

from setuptools import find_namespace_packages, setup

ROOMS = ("charts", "commands", "data", "exports", "metrics", "pages", "report", "ui")
FILES = ["*.sql", "*.toml", "*.css", "*.html", "*.svg", "*.json", "*.csv", "*.txt", "py.typed"]


def needed(name: str) -> list[str]:
    """The libraries a list names, without the reasons beside them."""
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    stripped = [line.partition("#")[0].strip() for line in lines]
    return [line for line in stripped if line and not line.startswith("-")]


folders = [name for room in ROOMS for name in (room, *(f"{room}.{one}" for one in find_namespace_packages(room)))]
setup(
    packages=["throughline", *(f"throughline.{name}" for name in folders if "__pycache__" not in name)],
    package_dir={"throughline": "."},
    package_data={"": FILES, "throughline": ["pyproject.toml", ".streamlit/config.toml", "LICENSE"]},
    install_requires=needed("requirements.txt"),
    extras_require={"signin": needed("requirements-signin.txt"), "assistant": needed("requirements-assistant.txt")},
)
