"""Texts that are no code of any voucher: mistyped, truncated, foreign and hostile."""

import random
import string
from base64 import b32encode
from uuid import UUID

from ..engine import voucher_code
from ..vault import grouped

HOSTILE = (
    "",
    " ",
    "\x00",
    "\x00" * 32,
    "\r\nSet-Cookie: a=b",
    "null",
    "None",
    "undefined",
    "true",
    "[]",
    "{}",
    '{"$ne": null}',
    "' OR '1'='1",
    "'; DROP TABLE hr_career_voucher; --",
    "%' OR code_index LIKE '%",
    "1 UNION SELECT sealed FROM hr_career_voucher",
    "$$; SELECT pg_sleep(9); $$",
    "%s%s%s%n",
    "%(code)s",
    "{0.__class__}",
    "{{7*7}}",
    "${7*7}",
    "<script>alert(1)</script>",
    "<t t-out='request.env'/>",
    '"><img src=x onerror=alert(1)>',
    "javascript:alert(1)",
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "file:///etc/passwd",
    "http://127.0.0.1/focus/redeem#",
    "#",
    "####",
    "no code",
    "-" * 400,
    "-" * 401,
    "#" * 5000,
    "2" * 32,
    "Y" * 32,
    "2" * 100_000,
    "\u202e" * 40,
    "\u200b".join("2345" * 8),
    "\ufeff" + "2345" * 8,
    "２３４５" * 8,
    "٢٣٤٥" * 8,
    "АСЕН" * 8,
    "𝟐𝟑𝟒𝟓" * 8,
    "ß" * 32,
    "İ" * 32,
    "ǆ" * 32,
    "🦊" * 32,
    "e\u0301" * 16,
    "\ud7ff\ue000\uffff",
    "1e308",
    "-1",
    "NaN",
    "0x7f" * 8,
    "true\n" * 8,
    "\t" * 50,
)


def mistyped(code, chance):
    """Return codes with one or two wrong signs, or two that changed places."""
    found = []
    for at, sign in enumerate(code):
        for other in voucher_code.SIGNS:
            if other != sign:
                found.append(code[:at] + other + code[at + 1 :])
        if at and code[at - 1] != sign:
            found.append(code[: at - 1] + sign + code[at - 1] + code[at + 1 :])
    while len(found) < 3_000:
        one, two = chance.sample(range(len(code)), 2)
        signs = list(code)
        signs[one], signs[two] = chance.choices(voucher_code.SIGNS, k=2)
        if (signs[one], signs[two]) != (code[one], code[two]):
            found.append("".join(signs))
    return found


def truncated(code):
    """Return codes of which something is missing, or to which something was added."""
    shown = voucher_code.shown(code)
    found = [code[:at] for at in range(len(code))]
    found += [code[at:] for at in range(1, len(code))]
    found += [code[:at] + code[at + 1 :] for at in range(len(code))]
    found += [code[:at] + code[at] + code[at:] for at in range(len(code))]
    found += [shown[:at] for at in range(1, len(shown) - 1)]
    found += [code + sign for sign in voucher_code.SIGNS]
    found += [code * 2, code[::-1], code[4:] + code[:4], f"{code}#", f"{code}\x00"]
    return found


def foreign(chance):
    """Return codes of others: well made, and of no voucher here."""
    found = []
    for _number in range(2_500):
        drawn = "".join(chance.choices(voucher_code.SIGNS, k=voucher_code.DRAWN))
        found.append(voucher_code.complete(drawn))
    for _number in range(700):
        raw = chance.randbytes(20)
        found += [
            b32encode(raw).decode(),
            raw.hex(),
            str(UUID(bytes=raw[:16])),
            grouped.new_code(),
        ]
    return found


def hostile(chance):
    """Return texts of which nobody thinks that they are a code."""
    found = list(HOSTILE)
    while len(found) < 1_500:
        length = chance.choice((1, 4, 31, 32, 33, 39, 64, 400))
        kind = chance.randrange(3)
        if kind == 0:
            found.append("".join(chance.choices(string.printable, k=length)))
        elif kind == 1:
            signs = [chr(chance.randrange(1, 0xD7FF)) for _sign in range(length)]
            found.append("".join(signs))
        else:
            found.append(chance.randbytes(length).decode("latin-1"))
    return found


def all_wrong(code, seed=5):
    """Return ten thousand wrong codes and more, none twice; the same for each seed."""
    chance = random.Random(seed)
    found = dict.fromkeys(
        mistyped(code, chance) + truncated(code) + foreign(chance) + hostile(chance)
    )
    while len(found) < 10_500:
        drawn = "".join(chance.choices(voucher_code.SIGNS, k=32))
        found.setdefault(drawn)
    found.pop(code, None)
    return list(found)
