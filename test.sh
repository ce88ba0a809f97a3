#!/usr/bin/env bash
# Install what the tests need (a virtual environment, Debian's headless Chromium), check form and types, and run them all.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
if ! command -v chromium-headless-shell >/dev/null; then
  echo "Installing chromium-headless-shell …" >&2
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing what requirements-dev.lock names …" >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
unset PYTHONDONTWRITEBYTECODE      # some hundred processes run the same code: it is compiled once, also the tests, on the core mypy leaves free
.venv/bin/python -m pytest --collect-only -q >/dev/null 2>&1 &
.venv/bin/python -m ruff check .
.venv/bin/python -m ruff format --check --quiet .
.venv/bin/python -m mypy
wait || true      # what could not be collected is told by the run
exec .venv/bin/python -m pytest -n 3 --dist loadscope --no-loadscope-reorder "$@"      # three processes, since those with a browser wait much; tests/conftest.py says which tests stay together
