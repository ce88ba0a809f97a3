"""What is asked twice is counted once, and never mixed up: by generation, statement, bound values and what is made of the rows."""

import threading
import weakref
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd

from data.store.generations import Generation
from metrics.compute.asked_once import asked_once
from metrics.kinds.sums import Sums
from metrics.query.of_generation import of_generation


def _generation(name: str) -> Generation:
    return Generation(name, Path(name), duckdb.connect())


def _cells(n: int) -> dict[tuple[str, ...], Sums]:
    return {(): Sums("share", pd.DataFrame({"person_group": [0], "n": [n]}))}


def test_one_answer_for_one_question_and_its_own_for_every_other():
    first, second = _generation("a"), _generation("a")
    asked: list[int] = []

    def ask(n: int):
        def counted():
            asked.append(n)
            return _cells(n)

        return counted

    questions = [
        (first, "share", "select 1", {"stages": ["Buy"]}),
        (first, "share", "select 1", {"stages": ["Find"]}),
        (first, "mean", "select 1", {"stages": ["Buy"]}),
        (first, "share", "select 2", {"stages": ["Buy"]}),
        (second, "share", "select 1", {"stages": ["Buy"]}),  # another connection under the same name
    ]
    for _ in range(2):
        for n, question in enumerate(questions):
            assert asked_once(*question, ask(n))[()].n == n
    assert asked == [0, 1, 2, 3, 4]


def test_who_asks_the_same_meanwhile_waits_and_counts_nothing():
    generation, begun, go, asked = _generation("b"), threading.Event(), threading.Event(), []

    def slow():
        asked.append(1)
        begun.set()
        assert go.wait(30)
        return _cells(7)

    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(asked_once(generation, "share", "select 1", {}, slow)[()].n))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    assert begun.wait(30)
    go.set()
    for thread in threads:
        thread.join(30)
    assert found == [7, 7, 7] and asked == [1]


def test_an_old_generation_is_closed_though_its_answers_are_kept():
    generation = _generation("c")
    asked_once(generation, "share", "select 1", {}, lambda: _cells(1))
    gone: list[bool] = []
    weakref.finalize(generation.connection, gone.append, True)
    del generation
    assert gone == [True]


def test_what_is_kept_of_a_generation_goes_with_it_and_the_latest_stay():
    asked: list[tuple[int, str]] = []

    @of_generation(most=2)
    def ask(n: int, generation: Generation) -> int:
        asked.append((n, generation.key))
        return n

    first, second = _generation("d"), _generation("e")
    seen = replace(first, shows="groups")  # by another viewer: the same connection, another part
    for generation in (first, second, seen, first):
        assert ask(1, generation) == 1
    assert asked == [(1, "d"), (1, "e"), (1, "d groups")]
    for n in (2, 3, 2, 1):  # two are kept of a connection: 1 is asked anew
        ask(n, first)
    assert asked[3:] == [(2, "d"), (3, "d"), (1, "d")]
    held = weakref.ref(first.connection)
    del first, seen, generation
    assert held() is None
