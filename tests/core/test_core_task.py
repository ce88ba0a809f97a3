"""What somebody was there for: from the answer itself, its order, its visit or its ticket; of a visit only as known before its outcome."""

JOURNEY = """
    [[journey]]
    name = "Purchase"

    [[journey.stage]]
    name = "Look"
    paths = ["/p/*"]
    surveys = ["page"]

    [[journey.stage]]
    name = "Buy"
    paths = ["/checkout*"]
    events = ["purchase"]
    tickets = ["payment"]
    surveys = ["checkout"]
    goal = "event:purchase"

    [[survey]]
    name = "checkout"
    kind = "transactional"

    [[survey]]
    name = "page"
    kind = "intercept"
"""

EVENTS = """
    occurred_at       session_id  customer_id  event_name   url          task
    2026-03-02T10:00  s1          k1           page_view    /p/1         sofa
    2026-03-02T10:01  s1          k1           page_view    /p/2         chair
    2026-03-02T10:02  s1          k1           page_view    /checkout    -
    2026-03-02T10:03  s1          k1           add_to_cart  /checkout    table
    2026-03-02T10:04  s1          k1           purchase     /checkout    lamp
    2026-03-02T11:00  s2          k2           page_view    /p/3         desk
    2026-03-02T11:01  s2          k2           page_view    /checkout    -
    2026-03-02T12:00  s3          k3           page_view    /checkout    -
    2026-03-02T12:01  s3          k3           purchase     /checkout    lamp
"""

ORDERS = """
    order_id  customer_id  ordered_at        touch_channel  task
    o1        k1           2026-03-02T10:04  web            sofa
    o9        k9           2026-03-02T15:00  phone          bed
"""

ANSWERS = """
    response_id  customer_id  responded_at      survey    metric  scale_min  scale_max  score  order_id  session_id  ticket_id  task
    own          k9           2026-03-03T10:00  checkout  csat    1          5          4      o9        -           -          wardrobe
    order        k9           2026-03-03T10:00  checkout  csat    1          5          4      o9        -           -          -
    visit        k2           2026-03-02T11:02  page      csat    1          5          4      -         s2          -          -
    ticket       k4           2026-03-04T10:00  checkout  csat    1          5          4      -         -           t1         -
    bare         k5           2026-03-04T10:00  checkout  csat    1          5          4      -         -           -          -
"""

TICKETS = """
    ticket_id  customer_id  created_at        category
    t1         k4           2026-03-03T10:00  payment
"""


def test_each_answer_and_visit_has_the_task_known_before_how_it_ended(company):
    """In Buy the basket's `table` goes before what the session looked at, and what only the purchase named is unknown."""
    built = company(journey=JOURNEY, web_events=EVENTS, orders=ORDERS, survey_answers=ANSWERS, support_tickets=TICKETS)
    assert built.rows(
        "select session_id, stage, task from visits v join (select distinct session_key as k, split_part(session_key, ':', 2) "
        "as session_id from visits) on k = session_key order by all"
    ) == [
        ("s1", "Buy", "table"),
        ("s1", "Look", "sofa"),
        ("s2", "Buy", "desk"),
        ("s2", "Look", "desk"),
        ("s3", "Buy", None),
    ]
    assert dict(built.rows("select response_id, task from answers")) == {
        "own": "wardrobe",
        "order": "bed",
        "visit": "desk",
        "ticket": "payment",
        "bare": None,
    }
    assert dict(built.rows("select order_id, task from orders")) == {"o1": "sofa", "o9": "bed"}
    assert built.shown("completion_rate", "task", stages=("Buy",)) == {
        "table": "suppressed",
        "desk": "suppressed",
        None: "suppressed",
    }
