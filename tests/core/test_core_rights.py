"""Who may see one person: named in rights.toml or nobody. The audit log, and the key that names a person in an address."""

import random
import stat

import pytest

from data.errors import UserError
from data.store.person_key import ALPHABET, key_of, person_of, pseudonym
from data.store.user_records import Users
from metrics.rules.access import viewer

SECRET, OTHER = b"s" * 32, b"o" * 32


def rights(tmp_path, text: str | None, email: str | None, simulated: bool = False) -> bool:
    file = tmp_path / "rights.toml"
    file.unlink(missing_ok=True)
    if text is not None:
        file.write_text(text)
    return viewer(email, simulated, file).rights.see_persons


def test_nobody_has_the_right_unless_named(tmp_path):
    """Real data: no file, nobody signed in, another address, another domain that ends alike: no."""
    lead = '[rights]\nsee_persons = ["Lead@Shop.example", "*@cx.shop.example"]'
    assert not rights(tmp_path, None, "lead@shop.example")
    assert not rights(tmp_path, lead, None)
    assert rights(tmp_path, lead, "lead@shop.EXAMPLE")
    assert rights(tmp_path, lead, "anyone@cx.shop.example")
    for email in (
        "other@shop.example",
        "lead@cx.shop.example.evil.example",
        "a@evilcx.shop.example",
        "*@cx.shop.example@x.example",
        "@cx.shop.example",
        "",
    ):
        assert not rights(tmp_path, lead, email), email


def test_simulated_people_may_be_looked_at_until_a_file_of_rights_decides(tmp_path):
    assert rights(tmp_path, None, None, simulated=True)
    assert not rights(tmp_path, "[rights]\nsee_persons = []", None, simulated=True)


@pytest.mark.parametrize(
    "text",
    [
        "[rights]\nsee_person = []",
        '[rights]\nsee_persons = "a@b.example"',
        '[rights]\nsee_persons = ["*"]',
        '[rights]\nsee_persons = ["*@*"]',
        "[[rights]]\n",
        "[rights",
        '[rights]\nsee_persons = ["lead"]',
    ],
)
def test_a_file_of_rights_that_cannot_be_used_gives_none_and_says_so(tmp_path, text):
    (tmp_path / "rights.toml").write_text(text)
    found = viewer("lead@shop.example", True, tmp_path / "rights.toml")
    assert not found.rights.see_persons and "rights.toml" in found.why


def test_a_key_is_turned_back_with_its_secret_only():
    """2,000 people: back to the same person, no two alike, nothing of the number in the key; another secret finds nobody there."""
    people = [0, 1, (1 << 60) - 1, *random.Random(4).sample(range(1 << 60), 2000)]
    keys = [key_of(p, SECRET) for p in people]
    assert [person_of(k, SECRET) for k in keys] == people and len({pseudonym(k) for k in keys}) > 1990
    assert not set(people) & {person_of(k, OTHER) for k in keys}
    near = key_of(1, SECRET), key_of(2, SECRET)
    assert sum(a == b for a, b in zip(*near)) < 6


def test_a_key_that_nobody_made_names_nobody():
    """Wrong length, wrong letters, more than 64 bits; of made-up keys at most about one in sixteen is any number at all."""
    assert [person_of(k, SECRET) for k in ("", "abc", "u" * 13, "z" * 13, "0" * 14, "АAAAAAAAAAAAA")] == [None] * 6
    made = random.Random(5)
    found = [person_of("".join(made.choice(ALPHABET) for _ in range(13)), SECRET) for _ in range(2000)]
    assert sum(p is not None for p in found) < 200


def test_an_opening_is_written_down_and_only_the_owner_reads_it(tmp_path):
    users = Users(tmp_path / "users.sqlite")
    users.opened("lead@shop.example", "4c20z58xxdmmy", "Stage Buy, people's words", "gen-1")
    users.opened("lead@shop.example", "6twa7b8zj0ndv", "address", "gen-1")
    assert [(r["person"], r["view"], r["who"]) for r in Users(users.file).openings()] == [
        ("6twa7b8zj0ndv", "address", "lead@shop.example"),
        ("4c20z58xxdmmy", "Stage Buy, people's words", "lead@shop.example"),
    ]
    assert stat.S_IMODE(users.file.stat().st_mode) == 0o600


def test_a_secret_is_made_once_and_kept(tmp_path):
    first = Users(tmp_path / "users.sqlite").secret("person_key")
    assert len(first) == 32 and Users(tmp_path / "users.sqlite").secret("person_key") == first
    assert Users(tmp_path / "other.sqlite").secret("person_key") != first


def test_records_that_cannot_be_written_are_an_error(tmp_path):
    """A folder that does not exist, and a file that is no database."""
    with pytest.raises(UserError, match="cannot be kept"):
        Users(tmp_path / "nowhere" / "users.sqlite").opened("a", "b", "c", "d")
    (tmp_path / "users.sqlite").write_text("not a database, but long enough to be looked at as one" * 30)
    with pytest.raises(UserError, match="cannot be kept"):
        Users(tmp_path / "users.sqlite").opened("a", "b", "c", "d")


def test_the_log_is_read_on_the_command_line(tmp_path, cli):
    Users(tmp_path / "users.sqlite").opened("lead@shop.example", "4c20z58xxdmmy", "address", "gen-1")
    assert "lead@shop.example  4c20z58xxdmmy  address" in cli("data", "audit", "--store", tmp_path).stdout
    assert "nobody" in cli("data", "audit", "--store", tmp_path / "empty").stdout
