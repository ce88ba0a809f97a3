"""What somebody typed or chose belongs to what it was typed for: a list that became longer or shorter meanwhile passes it to no other."""

from streamlit.testing.v1 import AppTest


def surveys_page():
    import streamlit as st

    from ui.views.own.surveys import surveys

    asked = [{"name": name} for name in st.session_state.get("files", ["Checkout"])]
    st.session_state["said"] = surveys({"survey": asked, "journey": []})["survey"]


def test_what_a_survey_asks_about_stays_its_own_when_a_file_brings_another():
    page = AppTest.from_function(surveys_page).run()
    page.selectbox[0].select("relationship").run()
    page.session_state["files"] = ["Annual", "Checkout"]
    page.run()
    assert page.session_state["said"] == [{"name": "Annual"}, {"name": "Checkout", "kind": "relationship"}]


def findings_page():
    import streamlit as st

    from data.store.decisions import Decision
    from ui.views.decisions.waiting import listed

    def finding(stage: str) -> Decision:
        days = ("2026-01-05", "2026-03-29", "gen-1", f"{stage} team", "", "2026-06-01")
        return Decision(f"{stage} is low", "", "Shop", stage, "csat_t2b_5", 1, 0.7, True, 0.6, 0.5, 0.65, 90, *days)

    listed([finding(stage) for stage in st.session_state.get("stages", ["Find", "Buy"])], "lead")


def test_what_is_typed_for_a_finding_does_not_pass_to_the_next_once_it_is_signed():
    page = AppTest.from_function(findings_page).run()
    page.text_area[0].input("Show the fee earlier").run()
    page.session_state["stages"] = ["Buy"]
    page.run()
    assert (page.text_input[0].value, page.text_area[0].value or "") == ("Buy team", "")
