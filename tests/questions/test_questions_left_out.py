"""A question whose tables hold nothing is not asked of a build."""

from data.files.relation import count_rows
from data.questions import asking


def test_what_is_not_asked_would_have_found_nothing(company, monkeypatch):
    """All are asked of a company that has web events only; those that are left out elsewhere find nothing."""
    left_out, tables, asked = {}, asking.tables, asking._asked

    def ask(con, name, confirmed):
        found = asked(con, name, confirmed)
        if tables(name) <= asking.COUNTED and not any(count_rows(con, tables(name)).values()):
            left_out[name] = found
        return found

    monkeypatch.setattr(asking, "tables", lambda name: frozenset({"a table that is not counted"}))
    monkeypatch.setattr(asking, "_asked", ask)
    company(web_events="occurred_at  customer_id  url\n2026-03-30T10:00  k1  /cart")
    assert {"open_numbers", "one_score", "unknown_states", "amounts", "rate_jumps"} <= set(left_out)
    assert not any(left_out.values()) and "events_without_ids" not in left_out


def test_the_tables_of_a_question_are_those_it_reads_not_those_it_makes():
    assert asking.tables("one_site_twice") == {"cfg_sources", "landed_tables", "src_web_events"}
    assert asking.tables("rounded_ids") == {"remarks"}
