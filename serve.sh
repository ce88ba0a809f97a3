#!/usr/bin/env bash
# Install what the app needs into .venv and serve it at http://127.0.0.1:8501. Further words go to streamlit.
set -euo pipefail
cd "$(dirname "$0")"
python="${PYTHON:-python3}"
[ -x .venv/bin/python ] || "$python" -m venv .venv
locks=(-r requirements.lock)
[ -f .streamlit/secrets.toml ] && locks+=(-r requirements-signin.lock)      # a company that sets up sign-in
echo "Installing what requirements.lock names …" >&2
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "${locks[@]}"
echo "Starting. The first start makes the simulated company's data and builds the store; then open http://127.0.0.1:8501" >&2
exec .venv/bin/streamlit run app.py "$@"
