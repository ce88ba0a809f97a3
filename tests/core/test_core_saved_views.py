"""Views saved by name: each person's own, a name once, renamed and deleted by nobody else."""

import pytest

from data.errors import UserError
from data.store.saved import views
from data.store.saved.views import SavedViews


def names(records: SavedViews, who: str) -> list[str]:
    return [one.name for one in records.all(who)]


def test_a_view_is_kept_under_its_name_for_who_saved_it(tmp_path):
    """Looking makes no file; the same name again takes the newer filters; in the file nobody is named."""
    records = SavedViews(tmp_path / "users.sqlite")
    assert records.all("ana@example.com") == [] and not records.file.exists()
    records.keep("ana@example.com", " Buy,  app ", "stage", "at=Buy")
    records.keep("ana@example.com", "Buy, app", "stage", "at=Buy&ch=app")
    records.keep("ben@example.com", "Buy, app", "journey", "")
    ((mine,), (theirs,)) = records.all("ana@example.com"), records.all("ben@example.com")
    assert (mine.name, mine.page, mine.address) == ("Buy, app", "stage", "at=Buy&ch=app")
    assert (theirs.page, theirs.address) == ("journey", "")
    assert b"ana@example.com" not in records.file.read_bytes()


def test_only_ones_own_views_are_renamed_and_deleted(tmp_path):
    records = SavedViews(tmp_path / "users.sqlite")
    for name in ("one", "two"):
        records.keep("ana", name, "stage", "")
    first, second = records.all("ana")
    records.rename("ben", first.id, "mine now")
    records.delete("ben", second.id)
    assert names(records, "ana") == ["one", "two"]
    with pytest.raises(UserError, match="another view of yours is called two"):
        records.rename("ana", first.id, "two")
    records.rename("ana", first.id, "three")
    records.delete("ana", second.id)
    assert names(records, "ana") == ["three"]


def test_a_name_that_is_none_and_one_view_too_many_are_refused(tmp_path, monkeypatch):
    records = SavedViews(tmp_path / "users.sqlite")
    for name, said in ((" ", "has a name"), ("x" * 81, "too long")):
        with pytest.raises(UserError, match=said):
            records.keep("ana", name, "stage", "")
    monkeypatch.setattr(views, "MOST", 1)
    records.keep("ana", "one", "stage", "")
    with pytest.raises(UserError, match="are saved already"):
        records.keep("ana", "two", "stage", "")
    records.keep("ana", "one", "journey", "")
    assert [one.page for one in records.all("ana")] == ["journey"]
