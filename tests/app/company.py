"""The small company of the browser tests: 400 people a stage rule can follow, half a year, fixed numbers."""

from datetime import datetime, timedelta
from pathlib import Path

WEEKS, PEOPLE_A_WEEK = 30, 24
JOURNEY = """
mission = "Everyone gets what they came for"
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Find"
paths = ["/", "/search*"]
goal = "path:/product*"
[[journey.stage]]
name = "Buy"
owner = "checkout team"
paths = ["/product*", "/checkout*"]
events = ["purchase"]
tickets = ["payment"]
surveys = ["checkout"]
goal = "event:purchase"
targets = { completion_rate = { line = 0.5, target = 0.7 }, csat_t2b_5 = { line = 0.8, target = 0.9 } }
[[journey.stage]]
name = "Engage"
paths = ["/account*"]
[[survey]]
name = "checkout"
kind = "transactional"
trigger = "after_goal"
"""
LATE = '"the fee came late, write me at jo@example.com"'
SOURCES = """
[company]
name = "Small shop"
currency = "EUR"
timezone = "Europe/Berlin"
[[source]]
name = "web"
reader = "table"
path = "web.csv"
table = "web_events"
[[source]]
name = "answers"
reader = "table"
path = "answers.csv"
table = "survey_answers"
constants = { survey = "checkout", metric = "csat", scale_min = 1, scale_max = 5, question = "How satisfied are you?" }
[[source]]
name = "help"
reader = "table"
path = "help.csv"
table = "support_tickets"
"""


def write_company(folder: Path) -> Path:
    """Write the company's files; returns sources.toml. Three in four buy, half of the buyers who answer are satisfied."""
    web, answers, tickets = [], [], []
    start = datetime(2026, 1, 5, 9, 0)
    for number in range(WEEKS * PEOPLE_A_WEEK):
        at = start + timedelta(days=7 * (number // PEOPLE_A_WEEK), minutes=13 * (number % PEOPLE_A_WEEK))
        _visit(number, at, web)
        if number % 4:
            answers.append(
                f"a{number},{at + timedelta(hours=2):%Y-%m-%dT%H:%M:%SZ},c{number},s{number},{2 + 3 * (number % 2)},"
                f"{'paid in a minute' if number % 2 else LATE}"
            )
        if number % 9 == 0:
            tickets.append(f"t{number},{at + timedelta(hours=5):%Y-%m-%dT%H:%M:%SZ},c{number},payment")
    (folder / "web.csv").write_text(
        "\n".join(
            ["event_id,occurred_at,event_name,url,session_id,anonymous_id,customer_id,touch_channel,device", *web]
        )
        + "\n"
    )
    (folder / "answers.csv").write_text(
        "\n".join(["response_id,responded_at,customer_id,session_id,score,comment", *answers]) + "\n"
    )
    (folder / "help.csv").write_text("\n".join(["ticket_id,created_at,customer_id,category", *tickets]) + "\n")
    (folder / "journey.toml").write_text(JOURNEY)
    (folder / "sources.toml").write_text(SOURCES)
    return folder / "sources.toml"


def _visit(number: int, at: datetime, web: list[str]) -> None:
    channel, device = ("app", "mobile") if number % 3 == 0 else ("web", "desktop")
    steps = [("page_view", "/"), ("page_view", "/product/7"), ("page_view", "/checkout")] + (
        [("purchase", "/checkout")] if number % 4 else []
    )
    for place, (name, url) in enumerate(steps):
        web.append(
            f"e{number}-{place},{at + timedelta(minutes=place):%Y-%m-%dT%H:%M:%SZ},{name},{url},s{number},b{number},c{number},{channel},{device}"
        )
