"""The analyses that are told as sheets, each worked out in the background, one of them at a time."""

import threading
from typing import Any

from metrics.query.query import Query
from report.sheets.registry import ANALYSES
from ui.session.later import Later

_TURN = threading.Lock()
ANSWERS: dict[str, Later[Query, Any]] = {
    name: Later(name, one.kind, one.ask, turn=_TURN, most=16) for name, one in ANALYSES.items() if one.waits
}
