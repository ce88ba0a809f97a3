"""Signing in with a real provider: nothing is shown before, and the right to see a person goes with the address."""

from types import SimpleNamespace

import pytest

from data.store.audit import lines
from data.store.person_key import key_of
from data.store.user_records import Users
from metrics.query.query import Grant, Rights
from metrics.rules.access import Viewer
from tests.app.identity import CLIENT, SECRETS, provider
from tests.app.served import free_port, server
from ui.session import viewer
from ui.views.people import SECRET


def test_signed_out_nothing_is_shown_and_the_right_goes_with_the_address(store, tmp_path, browser, monkeypatch):
    """A fresh server, a cold deep link to a person: no data. Signed in as who is named in rights.toml: their path, and one
    line of the log under that address."""
    (tmp_path / "rights.toml").write_text('[rights]\nsee_persons = ["lead@shop.example"]')
    users, port = Users(tmp_path / "users.sqlite"), free_port()
    with provider("Lead@shop.example") as identity:
        (tmp_path / "secrets.toml").write_text(
            SECRETS.format(app=f"http://127.0.0.1:{port}", client=CLIENT, provider=identity)
        )
        with server(
            store,
            port,
            STREAMLIT_SECRETS_FILES=str(tmp_path / "secrets.toml"),
            THROUGHLINE_RIGHTS=str(tmp_path / "rights.toml"),
            THROUGHLINE_USERS=str(users.file),
        ) as address:
            page = browser.new_context().new_page()
            person = f"{address}/person?who={key_of(someone(store), users.secret(SECRET))}&at=Buy"
            page.goto(person)
            assert (
                "Sign in to see this" in page.locator("h1").inner_text()
                and page.locator(".st-key-frame, .st-key-foot, .path").count() == 0
            )
            assert users.openings() == []
            page.get_by_role("button", name="Sign in").click()
            page.wait_for_selector(".path .answer", timeout=60_000)  # where they wanted to go
            assert page.locator(".path .answer").count() == 1
            page.get_by_role("button", name="Sign out Lead@shop.example").click()
            page.wait_for_selector("[role=button]:has-text('Sign in')", timeout=60_000)
            assert page.locator(".path").count() == 0
            page.context.close()
    assert [row["who"] for row in users.openings()] == ["Lead@shop.example"]
    # several requests and tabs, one line each; and that the file of rights is another than before
    monkeypatch.setenv("THROUGHLINE_USERS", str(users.file))
    assert [(row["what"], row["who"]) for row in lines(store)] == [
        ("sign-out", "Lead@shop.example"),
        ("path opened", "Lead@shop.example"),
        ("sign-in", "Lead@shop.example"),
        ("access changed", "seen by the app"),
    ]


def someone(store) -> int:
    """Who wrote a comment."""
    from data.store.generations import open_generation

    return (
        open_generation(store)
        .cursor()
        .execute("select min(person_id) from answers where comment is not null")
        .fetchone()[0]
    )


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({"is_logged_in": True, "email": "a@b.example", "email_verified": True}, "a@b.example"),
        ({"is_logged_in": True, "email": "a@b.example"}, None),
        ({"is_logged_in": True, "email": "a@b.example", "email_verified": False}, None),
        ({"is_logged_in": True, "email": "a@b.example", "email_verified": "true"}, None),
        ({"is_logged_in": True, "email": "a@b.example", "email_verified": "false"}, None),
        ({"is_logged_in": True, "email": "a@b.example", "email_verified": 1}, None),
        ({"is_logged_in": True, "email": ["a@b.example"], "email_verified": True}, None),
        ({"is_logged_in": "true", "email": "a@b.example", "email_verified": True}, None),
        ({"is_logged_in": False, "email": "a@b.example", "email_verified": True}, None),
        ({"is_logged_in": True}, None),
        ({}, None),
    ],
)
def test_only_a_confirmed_address_of_who_is_signed_in_counts(monkeypatch, claims, email):
    monkeypatch.setattr(viewer.st, "user", SimpleNamespace(to_dict=lambda: claims))
    assert viewer.email() == email


def test_what_is_of_everybody_asks_every_row_of_the_groups_that_show_the_page():
    """A group that sees every row on another page does not open it, nor does one that shows the page for a part; both in one do."""
    wide = Grant(views=("overview", "explore"))
    for view in ("data", "decisions", "case"):
        part, whole = Grant(stages=("Buy",), views=(view,)), Grant(views=(view,))
        both, one = (Viewer("x", Rights(grants=grants), "") for grants in ((wide, part), (wide, part, whole)))
        assert viewer.limited(view, both) and not viewer.limited(view, one)
        assert viewer.may_see(view, both) is (view != "data") and viewer.may_see(view, one)
    assert not viewer.limited("decisions", Viewer("x", Rights(), ""))


def test_without_the_libraries_of_sign_in_the_page_says_what_to_install(monkeypatch):
    """No button that ends in an error, and nothing of the data."""
    said, buttons = [], []

    def stop():
        raise StopIteration

    page = SimpleNamespace(
        user=SimpleNamespace(to_dict=dict),
        markdown=said.append,
        button=lambda *words, **more: buttons.append(words),
        stop=stop,
        login=None,
    )
    monkeypatch.setattr(viewer, "st", page)
    monkeypatch.setattr(viewer, "sign_in_is_set_up", lambda: True)
    monkeypatch.setattr(viewer, "find_spec", lambda name: None)
    with pytest.raises(StopIteration):
        viewer.gate()
    assert "requirements-signin.txt" in said[-1] and buttons == []
