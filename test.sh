#!/usr/bin/env bash
# Install what the tests need (a virtual environment, Debian's headless Chromium) and run them all. A missing tool fails.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
if ! command -v chromium-headless-shell >/dev/null; then
  echo "Installing chromium-headless-shell …" >&2
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium-headless-shell >/dev/null
fi
[ -x .venv/bin/python ] || "$python" -m venv .venv
echo "Installing what requirements-dev.txt names …" >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
.venv/bin/python -m ruff check .
.venv/bin/python -m ruff format --check --quiet .
exec .venv/bin/python -m pytest "$@"
