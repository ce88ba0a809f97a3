"""An answer in the background: asked once however many look, one at a time, and an error reaches the page that asked."""

import threading
import time
from types import SimpleNamespace

import pytest

from data.errors import UserError
from ui.session import later, source


@pytest.fixture(autouse=True)
def generation(monkeypatch):
    """Whoever looks sees this generation; a test changes its key as a publish does."""
    found = SimpleNamespace(key="first", name="first")
    monkeypatch.setattr(source, "generation", lambda: found)
    return found


def until(settled) -> None:
    end = time.monotonic() + 30
    while not settled():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_asked_once_however_many_look_and_again_after_a_publish(generation):
    asked, go = [], threading.Event()

    def ask(question, seen):
        asked.append((question, seen.key))
        go.wait(30)
        return question * 2

    answers = later.Later("doubled", None, ask)
    assert [answers.ready(2), answers.ready(2), answers.settled(2)] == [None, None, False]
    waiting = threading.Thread(target=answers.asked, args=(2,))
    waiting.start()  # as the warming does while a page has asked already
    go.set()
    until(lambda: answers.settled(2))
    waiting.join()
    assert answers.ready(2) == 4 and asked == [(2, "first")]
    generation.key = "second"
    assert answers.asked(2) == 4 and asked == [(2, "first"), (2, "second")]


def test_an_error_reaches_the_page_once_and_then_it_is_asked_again():
    raised = [UserError("no such table"), ZeroDivisionError("a fault of ours")]
    answers = later.Later("broken", None, lambda question, seen: (_ for _ in ()).throw(raised[question]))
    for question, kind in enumerate((UserError, ZeroDivisionError)):
        until(lambda question=question: answers.settled(question))
        with pytest.raises(kind):
            answers.ready(question)
        assert answers.ready(question) is None  # in the background again
        with pytest.raises(kind):
            answers.asked(question)


def test_what_stands_for_an_answer_where_the_store_has_none():
    def ask(question, seen):
        raise UserError("built by another version")

    answers = later.Later("refused", None, ask, lambda question, error: f"{question}: {error}")
    assert "built by another version" in answers.asked("Buy") and answers.ready("Buy") == answers.asked("Buy")


def test_the_oldest_answers_give_way():
    asked = []
    answers = later.Later("few", None, lambda question, seen: asked.append(question) or question, most=2)
    for question in (1, 2, 3, 3, 1):
        assert answers.asked(question) == question
    assert asked == [1, 2, 3, 1]


def test_analyses_that_share_a_turn_wait_for_each_other():
    at_once, most = [], []

    def ask(question, seen):
        at_once.append(question)
        most.append(len(at_once))
        time.sleep(0.02)
        at_once.remove(question)
        return question

    turn = threading.Lock()
    both = [later.Later(name, None, ask, turn=turn) for name in ("a", "b")]
    for question in range(3):
        for one in both:
            one.ready(question)
    until(lambda: all(one.settled(question) for one in both for question in range(3)))
    assert most == [1] * 6
