"""The company of the export tests: a quarter of weeks, four stages, two with too few answers, names that are formulas."""

from datetime import datetime, timedelta
from pathlib import Path

from data.build.build import build
from data.store.generations import Generation, open_generation
from exports.cards.basket import Item
from exports.cards.card import Card

START, WEEKS, A_WEEK = datetime(2026, 3, 2, 9), 13, 96
FORMULA, AT, MARKUP = '=HYPERLINK("http://evil.example","click")', "@SUM(1+1)", "<b>South</b>"
REGIONS = (FORMULA, AT, MARKUP)
JOURNEY = """
[[journey]]
name = "Shop"
[[journey.stage]]
name = "Find"
paths = ["/find*"]
goal = "path:/buy*"
[[journey.stage]]
name = "Buy"
owner = "checkout team"
paths = ["/buy*"]
surveys = ["buy"]
goal = "event:purchase"
targets = { completion_rate = { line = 0.3, target = 0.5 }, csat_t2b_5 = { line = 0.95, target = 0.99 } }
[[journey.stage]]
name = "Wait"
paths = ["/wait*"]
surveys = ["wait"]
targets = { csat_t2b_5 = { line = 0.5, target = 0.7 } }
[[journey.stage]]
name = "Use"
paths = ["/use*"]
surveys = ["use"]
targets = { csat_t2b_5 = { line = 0.5, target = 0.7 } }
""" + "".join(
    f'\n[[survey]]\nname = "{name}"\nkind = "transactional"\ntrigger = "after_goal"\n'
    for name in ("buy", "wait", "use")
)
SOURCES = """
[company]
name = "Test shop"
timezone = "UTC"
simulated = true
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
constants = { metric = "csat", scale_min = 1, scale_max = 5, question = "How satisfied are you?" }
"""
WEB = "event_id,occurred_at,event_name,url,session_id,anonymous_id,region,touch_channel"
ANSWERS = "response_id,responded_at,survey,anonymous_id,session_id,score"


def build_shop(folder: Path, hidden: tuple[tuple[int, ...], tuple[int, ...]] = ((5, 1, 5), (1, 5))) -> Generation:
    """Two in three visits to Buy buy, all rate it, three in four are satisfied; `hidden` are the scores in Wait and in Use,
    stages where fewer than five people answer."""
    web, answers = [], []
    for number in range(WEEKS * A_WEEK):
        at = START + timedelta(days=7 * (number // A_WEEK) + number % 5, minutes=7 * (number % A_WEEK))
        _visit(web, number, at)
        answers.append(
            f"b{number},{at + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ},buy,p{number},s{number},{5 if number % 4 else 2}"
        )
    for stage, scores in zip(("wait", "use"), hidden):
        at = START + timedelta(days=30)
        answers += [f"{stage}{i},{at:%Y-%m-%dT%H:%M:%SZ},{stage},{stage}{i},,{score}" for i, score in enumerate(scores)]
    folder.mkdir(parents=True, exist_ok=True)
    for name, head, rows in (("web", WEB, web), ("answers", ANSWERS, answers)):
        (folder / f"{name}.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    (folder / "sources.toml").write_text(SOURCES, encoding="utf-8")
    (folder / "journey.toml").write_text(JOURNEY, encoding="utf-8")
    assert build(folder / "sources.toml", None, folder / "store").generation
    return open_generation(folder / "store")


def _visit(web: list[str], number: int, at: datetime) -> None:
    region = '"' + REGIONS[number % 3].replace('"', '""') + '"'
    channel = "web" if number % 2 else "app"
    steps = [("page_view", "/find"), ("page_view", "/buy")] + ([("purchase", "/buy/done")] if number % 3 else [])
    web += [
        f"e{number}-{place},{at + timedelta(minutes=place):%Y-%m-%dT%H:%M:%SZ},{name},{url},s{number},p{number},{region},{channel}"
        for place, (name, url) in enumerate(steps)
    ]


def item_of(card: Card) -> Item:
    """The card as an entry of a basket."""
    return Item(card.form, card.result.query)
