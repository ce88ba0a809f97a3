"""What is not there: no finding may be made of it, and with effects off there is none of the others either."""

import pytest

from tests.demo.demo_company import close, se, share


@pytest.mark.parametrize("claim, limit", [("N1", 0.02), ("N2", 0.03), ("N3", 0.01), ("N4", 0.01), ("N5", 0.02)])
def test_twin_truth_of_the_absent_effects_is_nothing(company, claim, limit):
    assert abs(company.size(claim)) < limit


def test_n1_evaluate_release(company):
    before, n = share(company, "done", "visits where stage = 'Evaluate' and week between 58 and 61")
    after, m = share(company, "done", "visits where stage = 'Evaluate' and week between 62 and 65")
    assert close(after, before, se(before, n), se(after, m), slack=0.01)


def test_n2_the_trough_passes_by_itself(company):
    rates = [
        share(company, "done", f"visits where stage = 'Engage' and week between {a} and {b}")
        for a, b in ((48, 52), (53, 56), (57, 60))
    ]
    assert rates[1][0] < rates[0][0]
    assert close(rates[2][0], rates[0][0], se(rates[0][0], rates[0][1]), se(rates[2][0], rates[2][1]), slack=0.015)


def test_n3_n4_n5_nothing_in_the_files(company):
    buys = "visits where stage = 'Buy' and "
    for one, other in (("weekend", "not weekend"),):
        a, n = share(company, "done", buys + one)
        b, m = share(company, "done", buys + other)
        assert close(a, b, se(a, n), se(b, m))
    fast = dict(
        company.rows("""select l.lcp < 1400, avg(v.done::int) from visits v join (select session, max(lcp) as lcp
            from ev
                                where lcp is not null group by 1) l using (session) where v.stage = 'Buy' and l.lcp
                                    <= 2500
                                and v.platform = 'WEB' group by 1""")
    )
    assert abs(fast[True] - fast[False]) < 0.015
    csat = {
        s: (rate, n)
        for s, rate, n in company.rows(
            "select p.segment, avg((a.csat >= 4)::int), count(*) from checkout_csat a "
            "join people p on p.customer_id = a.customer group by 1"
        )
    }
    assert close(csat["B2B"][0], csat["consumer"][0], se(0.6, csat["B2B"][1]), se(0.6, csat["consumer"][1]))


def test_effects_none_has_none(plain):
    """With everything off, the twin of every claim is the company itself."""
    twins = [claim for claim in plain.truth["claims"] if claim["twin"]]
    assert len(twins) > 18 and not any(claim["planted"] for claim in twins)
    for claim in twins:
        for name, value in claim["values"].items():
            if not name.endswith(" without"):
                assert value == claim["values"][name + " without"], (claim["id"], name)


def test_effects_none_in_the_files(plain):
    happy, n = share(
        plain,
        "a.csat >= 4",
        "checkout_csat a join orders o on o.order_id = a.order_id where o.touch_channel in ('web', 'app')",
    )
    assert happy > 0.72
    error, m = share(plain, "errors > 0", "visits where stage = 'Buy' and platform = 'IOS' and week between 60 and 66")
    assert error < 0.06
    assert plain.one("select count(*) from ev where region = 'Virginia'")[0] == 0
    assert (
        plain.one("select count(*) from (select customer from relationship_nps group by 1 having count(*) >= 10)")[0]
        == 0
    )
    late, k = share(plain, "delivered > promised", "orders where week between 40 and 52 and delivered is not null")
    assert close(late, 0.06, se(0.06, k))
    back, j = share(plain, "views > pages", "visits where stage = 'Decide' and views > 1")
    assert close(back, 0.22, se(0.22, j))
