"""A code of 160 random bits, written so that people can copy it by hand.

Thirty-two characters of Crockford's base 32, which has no I, L, O and U, and four more
that find a typing error, in nine groups of four.
"""

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 160
DIGITS = BITS // 5
CHECK_DIGITS = 4
GROUP = 4
#: What people write instead of a digit.
MISREAD = str.maketrans("ILO", "110")


def new_code() -> str:
    """Return a fresh code, in groups.

    >>> code = new_code()
    >>> len(code.split("-")), read(code) == read(code.lower().replace("-", " "))
    (9, True)
    """
    digits = _digits(secrets.randbits(BITS), DIGITS)
    return grouped(digits + _check(digits))


def grouped(digits: str) -> str:
    """Return digits in groups of four.

    >>> grouped("0123456789AB")
    '0123-4567-89AB'
    """
    return "-".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def read(text: str) -> str | None:
    """Return the digits of what was typed, or None when it cannot be a code.

    >>> read("nonsense") is None
    True
    >>> code = new_code()
    >>> last = "0" if code[-1] != "0" else "1"
    >>> read(code[:-1] + last) is None
    True
    """
    digits = "".join(one for one in (text or "").upper() if one.isalnum())
    digits = digits.translate(MISREAD)
    if len(digits) != DIGITS + CHECK_DIGITS or set(digits) - set(ALPHABET):
        return None
    digits, check = digits[:DIGITS], digits[DIGITS:]
    return digits if check == _check(digits) else None


def _check(digits):
    digest = hashlib.sha256(f"focus|{digits}".encode()).digest()
    return _digits(int.from_bytes(digest[:4], "big") >> 12, CHECK_DIGITS)


def _digits(number, length):
    found = ""
    for _place in range(length):
        number, digit = divmod(number, len(ALPHABET))
        found = ALPHABET[digit] + found
    return found
