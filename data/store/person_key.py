"""A person's name in an address: made from the person's number and a secret, and turned back only with the same secret.

A keyed permutation of 64 bits (Luby and Rackoff 1988: a Feistel network whose rounds are HMAC-SHA256). Unlike a hash it needs
no table of everybody to be turned back, and unlike the number itself it says nothing to who reads the address. A person's
number has 60 bits, so of keys made up by somebody one in sixteen is a number at all, and hardly any of those a person's.
"""

import hmac

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: no letters that look alike
LENGTH, ROUNDS, HALF = 13, 8, 0xFFFFFFFF
LARGEST = 1 << 60


def key_of(person: int, secret: bytes) -> str:
    """The key of a person, 13 letters and digits."""
    left, right = person >> 32, person & HALF
    for number in range(ROUNDS):
        left, right = right, left ^ _mixed(right, number, secret)
    value = left << 32 | right
    return "".join(ALPHABET[value >> 5 * place & 31] for place in reversed(range(LENGTH)))


def person_of(key: str, secret: bytes) -> int | None:
    """The person a key names; None where it names nobody."""
    if len(key) != LENGTH or any(letter not in ALPHABET for letter in key):
        return None
    value = 0
    for letter in key:
        value = value << 5 | ALPHABET.index(letter)
    left, right = value >> 32, value & HALF
    for number in reversed(range(ROUNDS)):
        left, right = right ^ _mixed(left, number, secret), left
    person = left << 32 | right
    return person if person < LARGEST else None


def pseudonym(key: str) -> str:
    """What a person is called on a page: the key's first six, K7QX2M."""
    return key[:6].upper()


def _mixed(half: int, number: int, secret: bytes) -> int:
    return int.from_bytes(hmac.digest(secret, bytes([number]) + (half & HALF).to_bytes(4, "big"), "sha256")[:4], "big")
