"""Where sign-in is set up: before it nothing but the page to sign in and health; after it what access.toml gives; at its end nothing again."""

import http.client
import json
import time
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest

from data.store import audit
from metrics.rules.access.access_file import SignIn
from metrics.rules.access.tokens import block, new_token
from tests.app.identity import CLIENT, SECRETS, provider
from tests.app.served import free_port, open_page, server
from tests.app.test_app_hosts import SOCKET
from ui.session import comings, gate, signin

ACCESS = """
[signin]
domains = ["shop.example"]
[[group]]
name = "Leads"
members = ["lead@shop.example"]
comments = true
persons = true
exports = true
administer = true
[[group]]
name = "Checkout"
provider_groups = ["checkout"]
stages = ["Buy"]
views = ["overview", "stage"]
[[group]]
name = "A workbook"
stages = ["Buy"]
exports = true
"""
TOKEN, DIGEST = new_token()
ACCESS += block("A workbook", DIGEST, ["A workbook"])
ROUTES = (
    "/",
    "/overview",
    "/person?who=4c20z58xxdmmy&at=Buy",
    "/own",
    "/signin",
    "/_stcore/host-config",
    "/_stcore/script-health-check",
    "/_stcore/metrics",
    "/_stcore/upload_file/a/b",
    "/_stcore/bidi-components/x",
    "/component/x/index.html",
    "/static/js/index.js",
    "/static/index.html",
    "/media/0123456789abcdef.csv",
    "/app/static/x",
    "/index.html",
    "/docs",
    "/openapi.json",
    "//media/x",
    "/%2e%2e/etc/passwd",
)
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")


@pytest.fixture(scope="module")
def claims() -> dict:
    """What the provider says of whoever comes next."""
    return {}


@pytest.fixture(scope="module")
def gated(store, claims, tmp_path_factory):
    """The address of an app with sign-in and access.toml."""
    folder, port = tmp_path_factory.mktemp("gated"), free_port()
    (folder / "access.toml").write_text(ACCESS)
    with provider("lead@shop.example", more=claims) as identity:
        (folder / "secrets.toml").write_text(
            SECRETS.format(app=f"http://127.0.0.1:{port}", client=CLIENT, provider=identity)
        )
        with server(
            store,
            port,
            STREAMLIT_SECRETS_FILES=str(folder / "secrets.toml"),
            THROUGHLINE_ACCESS=str(folder / "access.toml"),
            THROUGHLINE_USERS=str(folder / "users.sqlite"),
        ) as address:
            yield address


@pytest.fixture
def enter(gated, claims, browser):
    """A function that signs in as somebody and opens a page; returns the page."""
    opened = []

    def come(path: str = "/overview", wait: str = ".st-key-foot", **told) -> object:
        claims.clear()
        claims.update(told)
        context = browser.new_context(viewport={"width": 1440, "height": 900}, accept_downloads=True)
        opened.append(context)
        page = context.new_page()
        page.goto(gated + path)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_selector(wait, timeout=60_000)
        return page

    yield come
    for context in opened:
        context.close()


def fetched(address: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], str]:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
    body = b"x" * 2048 if method in ("POST", "PUT", "PATCH") else None
    connection.request(
        method, path, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    found = (
        answer.status,
        {name.lower(): value for name, value in answer.getheaders()},
        answer.read().decode(errors="replace"),
    )
    connection.close()
    return found


def cookies_of(page) -> str:
    return "; ".join(f"{one['name']}={one['value']}" for one in page.context.cookies())


def test_signed_out_nothing_is_answered_but_the_way_in_and_health(gated):
    """Every route by every method, with no cookie, with a made-up one, and with one signed by another secret."""
    forged = "_streamlit_user=eyJpc19sb2dnZWRfaW4iOnRydWV9.aaaa.bbbb"
    for cookie in ("", forged, "throughline_after=%2F%2Fevil.example"):
        for path in ROUTES:
            for method in METHODS:
                status, headers, text = fetched(gated, path, method, Cookie=cookie)
                assert status in (401, 403, 404), (method, path, status)
                assert "Small shop" not in text and len(text) < 2500 and "traceback" not in text.lower(), (method, path)
                assert status != 401 or not text or "Sign in" in text, (method, path, text)
                assert "content-security-policy" in headers
        origin = {"Origin": gated, "Cookie": cookie, **SOCKET}
        assert fetched(gated, "/_stcore/stream", **origin)[0] == 403
    assert fetched(gated, "/health")[2] == "ok" and fetched(gated, "/_stcore/health")[0] == 200
    status, headers, _ = fetched(gated, "/signin?with=default")
    assert status == 302 and headers["location"].startswith("/auth/login?provider=")
    assert fetched(gated, "/signin?with=other")[0] == 401
    for path in ("/api", "/api/show.csv?metric=csat_t2b_5", "/api/nothing"):
        for shown in ({}, {"Authorization": "Bearer tl_wrong"}, {"Cookie": "_streamlit_user=x"}):
            assert fetched(gated, path, **shown)[0] == 401
    status, _, text = fetched(gated, "/api/show.csv?metric=completion_rate&by=stage", Authorization=f"Bearer {TOKEN}")
    assert status == 200 and "Buy" in text and "Find" not in text


def test_signing_out_ends_every_tab_copied_cookies_and_downloads(gated, enter):
    """Two tabs, a download: after signing out in one the other is led to the page to sign in, and neither a copied cookie nor the
    address of the download gives anything; nor did it to somebody else who is signed in."""
    page = enter("/stage?at=Buy&p=all+data")
    assert page.url.startswith(gated + "/stage") and page.locator("a[href*='who=']").count()
    other = page.context.new_page()
    open_page(other, gated + "/definitions")
    media = []
    page.on("request", lambda request: media.append(request.url) if "/media/" in request.url else None)
    page.locator("[class*=st-key-take_] button").first.click()
    with page.expect_download() as found:
        page.get_by_role("button", name="Numbers (CSV)").first.click()
    assert found.value.path()
    address = urlsplit(media[-1]).path
    mine = cookies_of(page)
    assert fetched(gated, address, Cookie=mine)[0] == 200
    assert fetched(gated, "/overview", Cookie=mine)[0] == 200
    theirs = cookies_of(enter("/overview"))
    assert fetched(gated, address, Cookie=theirs)[0] == 404 and fetched(gated, address)[0] == 401
    page.get_by_role("button", name="Sign out lead@shop.example").click()
    page.wait_for_selector("[role=button]:has-text('Sign in')", timeout=60_000)
    other.wait_for_selector("[role=button]:has-text('Sign in')", timeout=60_000)
    for path in ("/overview", address, "/_stcore/host-config", "/static/index.html"):
        assert fetched(gated, path, Cookie=mine)[0] == 401, path
    assert fetched(gated, "/_stcore/stream", **{"Origin": gated, "Cookie": mine, **SOCKET})[0] == 403
    assert fetched(gated, "/overview", Cookie=theirs)[0] == 200


def test_a_session_ends_with_its_token(gated, enter):
    """A token of some seconds: the open tab is led to the page to sign in, and the cookie opens nothing any more."""
    page = enter("/definitions", exp=int(time.time()) + 25)
    mine = cookies_of(page)
    page.wait_for_selector("[role=button]:has-text('Sign in')", timeout=60_000)
    assert fetched(gated, "/definitions", Cookie=mine)[0] == 401


def test_a_group_sees_its_pages_and_rows_and_makes_no_files(gated, enter):
    """Stage Buy on two pages, by the provider's group: no other stage on them, no other page in the menu, each of the others one
    sentence, no way to make a file."""
    page = enter("/overview", email="clerk@shop.example", groups=["checkout"])
    said = page.locator("[data-testid=stMain]").inner_text()
    assert "Buy" in said and "Find" not in said and "stage Buy" in page.locator(".st-key-limited").inner_text()
    menu = page.locator("header").inner_text()
    assert "Stage" in menu and not any(name in menu for name in ("Journey", "Explore", "Data", "Definitions"))
    assert page.locator("[class*=st-key-take_]").count() == 0 and page.locator(".st-key-tray button").count() == 0
    for name in ("journey", "explore", "data", "definitions"):
        open_page(page, f"{gated}/{name}", "h1")
        assert "not among those you may see" in page.locator("h1").inner_text(), name
        assert page.locator(".st-key-frame").count() == 0
    open_page(page, f"{gated}/own", "h1")
    assert "administrators" in page.locator("h1").first.inner_text()


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"email": ["lead@shop.example"]}, "not confirmed"),
        ({"email_verified": "true"}, "not confirmed"),
        ({"email": "lead@other.example"}, "domain"),
        ({"email": "lead@notshop.example"}, "domain"),
    ],
)
def test_who_may_not_come_in_is_told_why_and_gets_nothing(gated, enter, told, said):
    page = enter("/overview", "h1:has-text('You may not come in')", **told)
    assert said in page.locator("main").inner_text()
    assert fetched(gated, "/static/index.html", Cookie=cookies_of(page))[0] in (401, 403)
    page.get_by_role("link", name="Sign out").click()
    page.wait_for_selector("[role=button]:has-text('Sign in')", timeout=60_000)


def test_an_account_in_no_group_sees_nothing(gated, enter):
    page = enter("/overview", "h1:has-text('may see')", email="stranger@shop.example")
    said = page.locator("[data-testid=stMain]").inner_text()
    assert "Small shop" not in said and "%" not in said


def test_until_when_a_token_holds():
    """Its own end, an earlier one by `hours`, twelve hours where it names none; never where it says nothing of time."""
    now = 1_800_000_000
    in_ = {"is_logged_in": True, "sub": "1"}
    assert signin.session_of(in_ | {"exp": now + 60}).until == now + 60
    assert signin.session_of(in_ | {"iat": now, "exp": now + 99_999}, hours=1).until == now + 3600
    assert signin.session_of(in_ | {"iat": now, "exp": now + 60}, hours=1).until == now + 60
    assert signin.session_of(in_ | {"iat": now}).until == now + 12 * 3600
    assert signin.session_of(in_ | {"exp": True}) is None and signin.session_of(in_) is None
    assert signin.session_of({"is_logged_in": 1, "exp": now}) is None
    assert (
        signin.session_of(in_ | {"exp": now, "nonce": "a"}).key
        != signin.session_of(in_ | {"exp": now, "nonce": "b"}).key
    )
    assert signin.session_of(in_ | {"exp": now, "origin": "x"}).key == signin.session_of(in_ | {"exp": now}).key


def test_an_ended_session_is_over_in_every_process_and_where_nobody_can_know(tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    session = signin.Session("k", time.time() + 60)
    assert session.open()
    session.end()
    assert not session.open()
    monkeypatch.setattr(signin, "_ended", set())  # another process
    monkeypatch.setattr(signin, "_looked", {})
    assert not session.open() and signin.Session("other", time.time() + 60).open()
    assert not signin.Session("other", time.time() - 1).open()
    monkeypatch.setattr(signin, "_looked", {})
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "nowhere" / "users.sqlite"))
    assert not signin.Session("other", time.time() + 60).open()


@pytest.mark.parametrize(
    ("claimed", "rules", "may"),
    [
        ({}, SignIn(), True),
        ({"groups": ["a", "b"]}, SignIn(groups=("b",)), True),
        ({"groups": "b"}, SignIn(groups=("b",)), True),
        ({"groups": {"b": 1}}, SignIn(groups=("b",)), False),
        ({"groups": ["B"]}, SignIn(groups=("b",)), False),
        ({"roles": ["b"]}, SignIn(groups=("b",), groups_claim="roles"), True),
        ({"email": "x@shop.example", "email_verified": True}, SignIn(domains=("shop.example",)), True),
        ({"email": "x@SHOP.example", "email_verified": True}, SignIn(domains=("shop.example",)), True),
        ({"email": "x@sub.shop.example", "email_verified": True}, SignIn(domains=("shop.example",)), False),
        ({"email": "x@shop.example"}, SignIn(domains=("shop.example",)), False),
        ({"email": "x@shop.example"}, SignIn(domains=("shop.example",), confirmed_without_saying=True), True),
        (
            {"email": "x@shop.example", "email_verified": False},
            SignIn(("shop.example",), confirmed_without_saying=True),
            False,
        ),
        ({}, signin.NOBODY, False),
    ],
)
def test_who_may_come_in(claimed, rules, may, tmp_path, monkeypatch):
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    told = {"is_logged_in": True, "exp": time.time() + 60} | claimed
    assert (signin.why_not(told, rules) is None) is may


@pytest.mark.parametrize(
    ("redirect", "scheme", "secure"),
    [
        ("https://app.example/oauth2callback", "http", True),
        ("http://localhost/oauth2callback", "https", True),
        ("http://localhost/x", "http", False),
    ],
)
def test_behind_tls_every_cookie_is_secure(monkeypatch, redirect, scheme, secure):
    monkeypatch.setattr(gate, "st", SimpleNamespace(secrets={"auth": {"redirect_uri": redirect}}))
    sent = []

    async def keep(message):
        sent.append(message)

    start = {
        "type": "http.response.start",
        "status": 200,
        "headers": [(b"set-cookie", b"a=1; Path=/"), (b"set-cookie", b"b=2; Secure"), (b"x", b"y")],
    }
    with pytest.raises(StopIteration):  # it waits for nothing
        gate._secure({"type": "http", "scheme": scheme}, keep)(start).send(None)
    cookies = [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]
    assert cookies == (["a=1; Path=/; Secure", "b=2; Secure"] if secure else ["a=1; Path=/", "b=2; Secure"])


def test_where_somebody_wanted_to_go_is_a_page_of_this_app():
    def wanted(value: str) -> str | None:
        return gate._wanted({"type": "http", "headers": [(b"cookie", f"{gate.AFTER}={value}".encode())]})

    assert wanted("%2Fstage%3Fat%3DBuy") == "/stage?at=Buy"
    for other in (
        "%2F%2Fevil.example",
        "https%3A%2F%2Fevil.example",
        "%2F%5Cevil.example",
        "evil",
        "%2Fstage%3Fa%0D%0Ab",
        "",
    ):
        assert wanted(other) is None, other


def test_json_of_the_cookie_that_is_no_object_says_nothing(monkeypatch):
    for told in ("[]", "5", '"x"', "null", "{", json.dumps({"is_logged_in": "yes", "exp": 9e9})):
        monkeypatch.setattr(gate, "get_cookie_with_chunks", lambda single, name, told=told: told.encode())
        monkeypatch.setattr(gate, "get_cookie_secret", lambda: "s")
        assert signin.session_of(gate.claims_of({"type": "http", "headers": []})) is None


def test_who_is_turned_away_stands_in_the_log_with_the_reason(tmp_path, monkeypatch):
    """An address nobody confirmed says so; several requests of one session are one line; a cookie signed out before writes none."""
    monkeypatch.setenv("THROUGHLINE_USERS", str(tmp_path / "users.sqlite"))
    monkeypatch.setenv("THROUGHLINE_ACCESS", str(tmp_path / "access.toml"))
    rules = SignIn(domains=("shop.example",))
    told = {"is_logged_in": True, "exp": time.time() + 60, "email": "x@shop.example", "nonce": tmp_path.name}
    session, who = signin.session_of(told), comings.named(told, rules)
    for _ in range(2):
        comings.met(session, who, signin.why_not(told, rules))
    comings.left(session, who)
    comings.left(session, who)
    found = [(line["what"], line["who"]) for line in audit.lines(tmp_path) if line["what"] != "access changed"]
    assert found == [
        ("sign-out", "x@shop.example (not confirmed)"),
        ("sign-in refused", "x@shop.example (not confirmed)"),
    ]
    assert comings.named({"email": 5}, rules) == "an account without an address"
