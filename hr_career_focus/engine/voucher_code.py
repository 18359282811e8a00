"""The code of a voucher: 130 random bits that people can read out and type.

How it works
    Twenty-eight signs drawn at random and four that are worked out from them, in eight
    groups of four. The signs are those that nobody takes for another, in print or in
    handwriting: no 0 and O, 1, I and L, and neither B, S, Z, U nor G, which look like
    8, 5, 2, V and 6. Who types one of those five means the other.

    The check signs are the first 28, read as a number, modulo the largest prime below
    25 ** 4. They find every single wrong sign and every two signs that changed places,
    and let one in 390,000 of other mistakes pass. They are no secret: a page says that
    something was mistyped without asking anybody whether the code exists.

The same in the page's own language: ``static/src/js/voucher_code.js``.
"""

import secrets

SIGNS = "23456789ACDEFHJKMNPRTVWXY"
DRAWN, CHECKED = 28, 4
GROUP = 4
#: The largest prime below ``25 ** 4``.
MODULUS = 390_581
#: What looks like a sign, and is none.
ALIKE = {"B": "8", "S": "5", "Z": "2", "U": "V", "G": "6"}
#: What people put between the groups: blanks, dots and all kinds of dashes.
BETWEEN = " \t\r\n\u00a0.-\u2010\u2011\u2012\u2013\u2014\u2212"
#: A text longer than this is no code, whatever it holds.
LONGEST = 400

LENGTH = "length"
SIGN = "sign"
CHECK = "check"

_READ = {
    written: sign
    for sign in SIGNS
    for looks in (sign, *(like for like, meant in ALIKE.items() if meant == sign))
    for written in (looks, looks.lower())
}


class CodeError(ValueError):
    """A text is no code. ``reason`` says why, ``group`` where (from 1), if known."""

    def __init__(self, reason: str, group: int | None = None):
        super().__init__(reason)
        self.reason = reason
        self.group = group


def draw() -> str:
    """Return a fresh code, as it is compared and kept: without dashes.

    >>> code = draw()
    >>> len(code), read(code) == code
    (32, True)
    """
    return complete(_written(secrets.randbelow(len(SIGNS) ** DRAWN), DRAWN))


def complete(drawn: str) -> str:
    """Return the drawn signs with their check signs.

    >>> complete("2" * 28), complete("2" * 27 + "3")
    ('22222222222222222222222222222222', '22222222222222222222222222232223')
    """
    number = 0
    for sign in drawn:
        number = number * len(SIGNS) + SIGNS.index(sign)
    return drawn + _written(number % MODULUS, CHECKED)


def _written(number, length):
    signs = []
    for _place in range(length):
        number, rest = divmod(number, len(SIGNS))
        signs.append(SIGNS[rest])
    return "".join(reversed(signs))


def shown(code: str) -> str:
    """Return a code as people read it, in groups of four.

    >>> shown(complete("23456789ACDEFHJKMNPRTVWXY234"))
    '2345-6789-ACDE-FHJK-MNPR-TVWX-Y234-J85T'
    """
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(text: str) -> str:
    """Return the code that was typed, pasted or scanned.

    Case, blanks, dots and dashes do not matter, nor does an address before it; a sign
    that looks like another is taken for it::

        >>> code = complete("23456789ACDEFHJKMNPRTVWXY234")
        >>> read(shown(code).lower()) == read(f"https://x/focus/redeem#{code}") == code
        True
        >>> read(code.replace("8", "b").replace("V", "u")) == code
        True

    :raise CodeError: when it cannot be a code

    >>> read("2345-6789-ACD")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    ...
    CodeError: length
    """
    if len(text) > LONGEST:
        raise CodeError(LENGTH)
    typed = text.rpartition("#")[2]
    signs = []
    for mark in typed:
        if mark in BETWEEN:
            continue
        if mark not in _READ:
            raise CodeError(SIGN, len(signs) // GROUP + 1)
        signs.append(_READ[mark])
    code = "".join(signs)
    if len(code) != DRAWN + CHECKED:
        raise CodeError(LENGTH, _short_group(typed))
    if complete(code[:DRAWN]) != code:
        raise CodeError(CHECK)
    return code


def _short_group(typed):
    """Return which group has not four signs, when groups were typed.

    >>> _short_group("2345-678-2345"), _short_group("23456"), _short_group("2345-6789")
    (2, None, None)
    """
    for mark in BETWEEN:
        typed = typed.replace(mark, " ")
    groups = typed.split()
    if len(groups) < 2:
        return None
    wrong = (at for at, group in enumerate(groups, start=1) if len(group) != GROUP)
    return next(wrong, None)
