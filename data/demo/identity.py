"""Invented identifiers. Nothing here belongs to a real person: example domains and a reserved telephone range."""

from typing import TypeVar

import numpy as np

ORDERS_PER_BLOCK = 1_000_000
FACTOR, RANGE, FIRST_CONTACT = 2_654_435_761, 2_147_483_648, 1_740_000_000


def customer_id(number: int) -> str:
    return f"C{number:07d}"


def email(number: int) -> str:
    return f"c{number:07d}@example.com"


def phone(number: int) -> str:
    return f"+49 30 23125 {number % 1000:03d}"


def browser(number: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The two halves of a GA client id: <random>.<seconds of first contact>."""
    number = np.asarray(number, dtype=np.int64)
    first = (number * FACTOR + 977 * np.asarray(second, dtype=np.int64)) % RANGE
    return first, FIRST_CONTACT + 2 * number + np.asarray(second, dtype=np.int64)


def client_id(number: int, second: int = 0) -> str:
    return f"{(number * FACTOR + 977 * second) % RANGE}.{FIRST_CONTACT + 2 * number + second}"


Ordinal = TypeVar("Ordinal", int, np.ndarray)


def order_number(block: int, episode: Ordinal) -> Ordinal:
    return (block + 1) * ORDERS_PER_BLOCK + episode


def order_id(number: int) -> str:
    return f"HP-{number}"
