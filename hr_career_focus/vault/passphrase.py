"""Advice about a passphrase: how long guessing would take, in three steps.

Whoever has the database and the key file can try passphrases as fast as scrypt allows:
some ten each second for each processor. So the floor is high, and words are advised,
because people remember them.
"""

import math
import unicodedata

#: Fewest characters, whatever they are.
SHORTEST = 12
TOO_SHORT = "too_short"
TOO_SIMPLE = "too_simple"
FAIR = "fair"
STRONG = "strong"
#: From how many bits a passphrase is no longer simple, and when it is strong.
SIMPLE_BITS, STRONG_BITS = 40, 65
#: Bits that one word of a sentence of one's own gives, carefully counted.
WORD_BITS = 10
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvb")
KNOWN = ("password", "wachtwoord", "welkom", "welcome", "geheim", "secret", "azerty")


def judge(passphrase: str, known=()) -> str:
    """Return what to say of a passphrase.

    :param known: words others know of this person, as the login and the name

    >>> judge("short")
    'too_short'
    >>> judge("aaaaaaaaaaaaaaaa"), judge("welkom1234567890"), judge("1234567890123")
    ('too_simple', 'too_simple', 'too_simple')
    >>> judge("vera.victim2026", known=["vera.victim"])
    'too_simple'
    >>> judge("purple ladder wet")
    'too_simple'
    >>> judge("purple ladder wet sunday")
    'fair'
    >>> judge("purple ladder wet sunday before a quiet train")
    'strong'
    >>> judge("kV7#pQ2z!mX9rT4;b")
    'strong'
    """
    text = unicodedata.normalize("NFKC", passphrase).strip()
    if len(text) < SHORTEST:
        return TOO_SHORT
    bits = _bits(_without_known(text.lower(), known), text)
    if bits < SIMPLE_BITS:
        return TOO_SIMPLE
    return STRONG if bits >= STRONG_BITS else FAIR


def _without_known(text, known):
    for word in (*KNOWN, *(str(one).lower() for one in known)):
        if len(word) > 3:
            text = text.replace(word, "\0")
    return text


def _bits(lowered, text):
    """Return a careful guess of the bits: by words, or else by characters."""
    words = [word for word in lowered.split() if len(word) > 1 or word.isdigit()]
    if len(words) > 1 and all(len(word) < 12 for word in words):
        return WORD_BITS * len(set(words))
    size = 0
    for test, count in (
        (str.islower, 26),
        (str.isupper, 26),
        (str.isdigit, 10),
        (lambda char: not char.isalnum(), 20),
    ):
        if any(test(char) for char in text):
            size += count
    return math.log2(max(size, 2)) * _fresh(lowered) * 0.8


def _fresh(text):
    """Return how many characters are not repeated and not in a row of keys."""
    fresh, seen = 0, set()
    for before, char in zip(" " + text, text, strict=False):
        pair = before + char
        runs = char == before or any(pair in row or pair[::-1] in row for row in ROWS)
        if not runs and pair not in seen and char != "\0":
            fresh += 1
        seen.add(pair)
    return fresh
