"""From a stage to one person's path: with the right and a line in the audit log, or not at all."""

from datetime import datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from streamlit.testing.v1 import AppTest

from data.store.person_key import key_of
from data.store.user_records import Users
from metrics.analyses.person_path import Mark, PersonPath, Stretch, Touched, Visit
from tests.app.company import write_company
from tests.app.served import ROOT, open_page, server
from ui.session import source, viewer
from ui.views import path, people
from ui.widgets.inert import JOINER

SECRET = "person_key"


@pytest.fixture
def opened(store, tmp_path, monkeypatch):
    """A function that runs the path's page in this process as somebody; returns what it says and the audit log."""
    monkeypatch.setenv("THROUGHLINE_STORE", str(store))
    monkeypatch.setenv("THROUGHLINE_RIGHTS", str(tmp_path / "rights.toml"))
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    (tmp_path / "rights.toml").write_text('[rights]\nsee_persons = ["lead@shop.example"]')
    source.store.cache_clear()
    people._secret.cache_clear()

    def run(email: str | None, key: str | None = None, reruns: int = 0, away: bool = False) -> tuple[str, list[dict]]:
        monkeypatch.setattr(viewer, "email", lambda: email)
        records = Users(tmp_path / "users.sqlite")
        test = AppTest.from_file(str(ROOT / "ui/frame.py"), default_timeout=60)
        test.query_params["who"], test.query_params["at"], test.query_params["via"] = (
            key or key_of(someone(), records.secret(SECRET)),
            "Buy",
            "words",
        )
        test.switch_page("../pages/person.py").run()
        if away:
            test.switch_page("../pages/look_up/definitions.py").run().switch_page("../pages/person.py").run()
        for _ in range(reruns):
            test.run()
        assert not test.exception
        return "\n".join(m.value for m in test.markdown), records.openings()

    yield run
    source.store.cache_clear()
    people._secret.cache_clear()


def someone() -> int:
    """Who wrote the first comment."""
    return (
        source.store()
        .generation()
        .cursor()
        .execute("select min(person_id) from answers where comment is not null")
        .fetchone()[0]
    )


def test_who_has_the_right_sees_the_path_and_stands_in_the_log_once(opened):
    """One opening is one line, however often the page is drawn; the line names the viewer, the key, the view and the data."""
    said, log = opened("lead@shop.example", reruns=2)
    assert "1 visit" in said and "last said: satisfied" in said and "lead@shop.example" in said.replace(JOINER, "")
    assert [(r["who"], r["view"]) for r in log] == [("lead@shop.example", "Stage Buy, people's words")]
    assert log[0]["generation"] == source.store().generation().name and log[0]["person"] not in ("", str(someone()))


def test_coming_back_to_a_path_is_another_opening(opened):
    """Away to Definitions and back to the same person: two lines."""
    said, log = opened("lead@shop.example", away=True)
    assert "1 visit" in said and len(log) == 2 and log[0]["person"] == log[1]["person"]


@pytest.mark.parametrize("email", [None, "other@shop.example"])
def test_without_the_right_the_address_is_refused_in_words_and_nothing_is_looked_up(opened, email):
    said, log = opened(email)
    assert "One person's path is not shown" in said and "see_persons" in said
    assert "1 visit" not in said and log == []


def test_an_address_of_nobody_is_refused(opened):
    said, log = opened("lead@shop.example", key="0" * 13)
    assert "names nobody" in said and log == []


def test_no_path_without_its_line_in_the_log(opened, monkeypatch):
    """The log cannot be written at the moment of opening: the page says so instead of showing anybody."""

    def full(*line):
        raise people.UserError("users' records cannot be kept: disk full")

    monkeypatch.setattr(Users, "opened", full)
    said, _ = opened("lead@shop.example")
    assert "disk full" in said and "1 visit" not in said


def test_where_rights_are_written_down_real_data_show_no_way_to_a_person(store, tmp_path, page):
    """Real data, a rights.toml that names nobody: no link on the stage, and the page asked for by its address refuses."""
    (tmp_path / "rights.toml").write_text("[rights]\nsee_persons = []\n")
    with server(store, THROUGHLINE_RIGHTS=str(tmp_path / "rights.toml")) as address:
        open_page(page, address + "/stage?at=Buy&p=all+data")
        assert page.locator("blockquote.quote").count() and page.locator("a[href*='who=']").count() == 0
        assert page.locator(".st-key-block_struggled").count() == 0
        open_page(page, address + "/person?who=4c20z58xxdmmy&at=Buy")
        assert "not shown" in page.locator("h1").inner_text() and page.locator(".path").count() == 0


def test_without_sign_in_the_person_at_this_machine_sees_everything_and_is_told_so(address, page):
    """Nothing is set up: whoever asks from this machine has the store before them anyway."""
    open_page(page, address + "/stage?at=Buy&p=all+data")
    assert page.locator("a[href*='who=']").count()
    assert "you see everything, single persons too" in page.locator(".st-key-foot").inner_text()


def test_from_a_verbatim_to_its_writer_s_path_and_on_a_phone(tmp_path, browser):
    """Simulated people may be looked at: one click from the words, no address on the page or in its URL, readable at 390 px."""
    from data.build.build import build

    sources = write_company(tmp_path)
    sources.write_text(sources.read_text().replace("[company]", "[company]\nsimulated = true"))
    build(sources, None, tmp_path / "store")
    with server(tmp_path / "store", THROUGHLINE_RIGHTS=str(tmp_path / "none.toml")) as address:
        page = browser.new_context(viewport={"width": 390, "height": 844}).new_page()
        open_page(page, address + "/stage?at=Buy&p=all+data")
        assert page.locator(".st-key-block_struggled a[href*='who=']").count() > 0
        page.locator("blockquote.quote a").first.click()
        page.wait_for_selector(".path .answer .score")
        assert (
            "Person" in page.locator("h1").inner_text()
            and "@" not in page.locator("[data-testid=stMain]").inner_text() + page.url
        )
        assert (
            page.evaluate(
                "() => { const m = document.querySelector('[data-testid=stMain]'); return m.scrollWidth - m.clientWidth }"
            )
            <= 0
        )
        found = Axe().run(page, context={"include": [["[data-testid=stMain]"]]}).response["violations"]
        assert [v["id"] for v in found if v["impact"] in ("serious", "critical")] == []
        page.context.close()
    assert [r["view"] for r in Users(tmp_path / "store" / "users.sqlite").openings()] == ["Stage Buy, people's words"]


def test_friction_that_is_no_event_of_its_own_is_still_told():
    """A stage with two marks of friction counted and one among the steps: the other stands at its end; text is escaped."""
    at = datetime(2026, 3, 2, 10)
    marks = (
        Mark(at, "view", "page_view", "/<pay>"),
        Mark(at, "rage", "rage_click", "button"),
        Mark(at, "act", "add_to_cart", "", 2),
    )
    visit = Visit(
        at,
        at + timedelta(minutes=4),
        "mobile",
        "app",
        (Touched("Buy", at, 0, 2, 0, 2, False),),
        (Stretch("Buy", marks),),
        7,
    )
    html = path.timeline(PersonPath((visit,), (), 1, 1, at, None, None))
    assert "/&lt;pay&gt;" in html and "▲ rage click: button" in html and "add to cart ×2" in html
    assert (
        "goal not reached, went back 2 ×, ▲ 1 more of friction" in html
        and "and 7 more steps" in html
        and "4 min · app · mobile" in html
    )
