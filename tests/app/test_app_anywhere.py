"""Run anywhere: what the wheel holds and how it is started, and the promises of the container files."""

import os
import re
import subprocess
import sys

from tests.core.company import ROOT
from ui import launch

ROOMS = ("charts", "commands", "data", "exports", "metrics", "pages", "report", "ui")


def test_the_wheel_holds_the_whole_layout_and_its_commands_run_elsewhere(tmp_path):
    """Every tracked file of every room, built as a wheel builds it; the commands answer from an empty folder, without the repository."""
    built = tmp_path / "built"
    command = [sys.executable, "setup.py", "-q", "egg_info", "--egg-base", str(tmp_path), "build"]
    done = subprocess.run(
        [*command, "--build-base", str(tmp_path / "base"), "--build-lib", str(built)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    listed = ["git", "ls-files", *ROOMS, "app.py", "pyproject.toml", ".streamlit/config.toml"]
    tracked = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    assert len(tracked) > 800 and not [name for name in tracked if not (built / "throughline" / name).is_file()]
    assert [path.name for path in built.iterdir()] == ["throughline"]  # no room's name stands alone among the installed
    started = "from throughline.ui.launch import main; main(['metrics', '--version'])"
    said = subprocess.run(
        [sys.executable, "-c", started],
        cwd=tmp_path,
        env={k: v for k, v in os.environ.items() if k != "PYTHONPATH"} | {"PYTHONPATH": str(built)},
        capture_output=True,
        text=True,
    )
    assert said.stdout.startswith("Throughline ") and not said.stderr
    assert 'throughline = "throughline.ui.launch:main"' in (ROOT / "pyproject.toml").read_text()


def test_started_anywhere_it_finds_what_lies_there(tmp_path, monkeypatch):
    """Store and settings of the folder it is started in; a path that is set stays, one that is not whole is meant from there."""
    for name in (*launch.LIES_HERE, *launch.NAMED):
        monkeypatch.delenv(name, raising=False)
    assert launch.settings(tmp_path)["THROUGHLINE_STORE"] == str(tmp_path / ".store")
    assert "THROUGHLINE_SOURCES" not in launch.settings(tmp_path)
    (tmp_path / "sources.toml").write_text("")
    monkeypatch.setenv("THROUGHLINE_STORE", "elsewhere")
    monkeypatch.setenv("THROUGHLINE_METRICS", "/srv/own")
    found = launch.settings(tmp_path)
    assert found["THROUGHLINE_SOURCES"] == str(tmp_path / "sources.toml")
    assert found["THROUGHLINE_STORE"] == str(tmp_path / "elsewhere") and found["THROUGHLINE_METRICS"] == "/srv/own"


def test_the_container_runs_as_nobody_writes_to_data_alone_and_says_how_it_is():
    """Two stages, hashed versions, a user of its own, health; what is copied is there, and nothing else goes in."""
    text = (ROOT / "Containerfile").read_text()
    lines = [
        " ".join(line.split()) for line in text.replace("\\\n", " ").splitlines() if line and not line.startswith("#")
    ]
    run = lines[max(place for place, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert sum(line.startswith("FROM ") for line in lines) == 2 and all(":latest" not in line for line in lines)
    assert any("--require-hashes" in line for line in lines)
    user = next(place for place, line in enumerate(run) if line.startswith("USER "))
    assert run[user] == "USER 10001:10001" and not any(line.startswith(("RUN ", "COPY ")) for line in run[user:])
    assert 'VOLUME ["/data"]' in run and any("/health" in line for line in run if line.startswith("HEALTHCHECK "))
    copied = {
        name for line in lines if line.startswith("COPY ") and "--from" not in line for name in line.split()[1:-1]
    }
    assert {"app.py", *ROOMS} <= copied and all((ROOT / name).exists() for name in copied)
    kept = (ROOT / ".dockerignore").read_text().splitlines()
    assert "*" in kept and {line[1:] for line in kept if line.startswith("!")} >= {"app.py", *ROOMS}
    assert not re.search(r"(?i)secret|password|token", "".join(line for line in run if line.startswith(("ENV", "ARG"))))


def test_the_composition_keeps_its_roots_read_only_and_the_app_inside():
    """Both services read-only, without capabilities they do not need; only the proxy has ports, and waits for a healthy app."""
    text = (ROOT / "compose.yaml").read_text()
    services = dict(re.findall(r"^  (app|proxy):\n((?:    .*\n)+)", text, re.M))
    for body in services.values():
        assert "read_only: true" in body and "cap_drop: [ALL]" in body and "no-new-privileges:true" in body
    assert (
        "ports:" not in services["app"] and 'user: "10001:10001"' in services["app"] and "data:/data" in services["app"]
    )
    assert "service_healthy" in services["proxy"] and "internal: true" in text
    caddy = (ROOT / "deploy" / "Caddyfile").read_text()
    assert "reverse_proxy app:8501" in caddy and "encode" in caddy and (ROOT / "deploy" / "Caddyfile").is_file()
