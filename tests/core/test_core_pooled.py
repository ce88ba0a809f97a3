"""A number that pools stages is named so, wherever it is asked."""

from metrics.compute.run import run
from metrics.query.query import Query
from tests.core.company import warned

JOURNEY = """
    [[journey]]
    name = "J"
    [[journey.stage]]
    name = "Find"
    paths = ["/find"]
    goal = "path:/cart"
    [[journey.stage]]
    name = "Buy"
    paths = ["/cart"]
    goal = "event:purchase"
"""


def test_two_stages_pooled_are_not_two_thirds_who_finish(company):
    """Ten find, of whom ten go on to buy and five do: 15 of 20 stage visits reach their goal; five of ten people finish."""
    events = ["occurred_at  customer_id  event_name  url"]
    for n in range(10):
        events += [f"2026-03-02T10:00  k{n}  page_view  /find", f"2026-03-02T10:01  k{n}  page_view  /cart"]
        events += [f"2026-03-02T10:02  k{n}  purchase  -"] if n < 5 else []
    built = company(journey=JOURNEY, web_events="\n".join(events))
    generation = built.store.generation()
    whole = run(Query(("completion_rate",)), generation)
    assert (
        whole.cells[0].value == 0.75 and whole.definitions["completion_rate"].short == "Completed, of all stage visits"
    )
    assert any("not the share of people who finish" in text for text in warned(whole))
    for asked in (Query(("completion_rate",), by=("stage",)), Query(("completion_rate",), stages=("Buy",))):
        found = run(asked, generation)
        assert found.definitions["completion_rate"].short == "Completed" and not any(
            "pools" in text for text in warned(found)
        )
    assert run(Query(("completion_rate",), stages=("Buy",)), generation).cells[0].value == 0.5
