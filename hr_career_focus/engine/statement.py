"""The statement of a settlement: what is signed, and how anybody can check it.

A statement has a head and lines. The head says who pays whom for which months, how
many vouchers, the sum and the VAT. There is one line for each voucher: a serial and a
signature; no amount, no month, and in the order of the serials, which are random. A
statement of too few vouchers shows neither their number nor lines.

The format is described in ``docs/settlements.md``; it changes with :data:`FORMAT` only.
This module signs nothing by itself: it is given a function that does.
"""

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

FORMAT = "career-focus-settlement/1"
#: What the head says, in the order in which it is signed.
HEAD = (
    "format",
    "database",
    "company",
    "provider",
    "settlement",
    "period",
    "currency",
    "number",
    "total",
    "vat",
    "lines",
)
#: What each line repeats of the head, so that it belongs to this settlement alone.
LINE = ("format", "database", "company", "provider", "settlement", "period")
COLUMNS = ("name", "value", "signature")
LARGEST_FILE = 20_000_000

#: What can be wrong with a statement.
OTHER_KEY, HEAD_CHANGED = "other_key", "head"
LINES_CHANGED, LINE_CHANGED, TWICE, NUMBER = "lines", "line", "twice", "number"


class StatementError(ValueError):
    """What was read is no statement."""


def clean(text: str) -> str:
    """Return a text as it is signed: one line, and no formula for a spreadsheet.

    >>> clean("=SUM(A1)  Coaching\\n B.V. ")
    'SUM(A1) Coaching B.V.'
    """
    return re.sub(r"^[\s=+\-@']+", "", " ".join(str(text).split()))


@dataclass(frozen=True)
class Statement:
    """A statement as it was made or read.

    :param head: name -> text, for each of :data:`HEAD`
    :param lines: pairs of serial and signature, sorted
    :param key: public key
    :param signature: of the head
    """

    head: dict
    lines: tuple
    key: str
    signature: str

    def to_csv(self) -> str:
        """Return the file finance keeps."""
        stream = io.StringIO()
        writer = csv.writer(stream, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        writer.writerows((name, self.head[name], "") for name in HEAD)
        writer.writerow(("head", self.key, self.signature))
        writer.writerows(("line", *line) for line in self.lines)
        return stream.getvalue()

    def to_json(self) -> dict:
        """Return what is kept."""
        return {
            "head": self.head,
            "lines": [list(line) for line in self.lines],
            "key": self.key,
            "signature": self.signature,
        }

    @classmethod
    def from_json(cls, kept: dict):
        """Return the statement that was kept."""
        return cls(
            head={name: str(kept["head"][name]) for name in HEAD},
            lines=tuple((str(one), str(two)) for one, two in kept["lines"]),
            key=str(kept["key"]),
            signature=str(kept["signature"]),
        )


def make(
    facts: dict, serials: Iterable[str], key: str, sign: Callable[[str], str]
) -> Statement:
    """Return the signed statement.

    :param facts: the head without ``format`` and ``lines``
    :param serials: one for each voucher; none when their number is not shown
    :param sign: text -> signature

    >>> facts = {
    ...     "database": "d", "company": "Omroep", "provider": "Coach B.V.",
    ...     "settlement": "r", "period": "2026-03/2026-05", "currency": "EUR",
    ...     "number": "2", "total": "242.00", "vat": "42.00",
    ... }
    >>> statement = make(facts, ["s2", "s1"], "K", lambda text: "signed")
    >>> [serial for serial, signature in statement.lines]
    ['s1', 's2']
    >>> problems(statement, "K", lambda key, text, signature: signature == "signed")
    []
    >>> read(statement.to_csv()) == statement
    True
    """
    head = {name: clean(text) for name, text in facts.items()}
    head["format"] = FORMAT
    lines = tuple(sorted((serial, sign(line_text(head, serial))) for serial in serials))
    head["lines"] = lines_digest(lines)
    head = {name: head[name] for name in HEAD}
    return Statement(head, lines, key, sign(head_text(head)))


def head_text(head: dict) -> str:
    """Return what the signature of the head is over."""
    return "\n".join(f"{name}={head[name]}" for name in HEAD)


def line_text(head: dict, serial: str) -> str:
    """Return what the signature of a line is over."""
    said = [f"{name}={head[name]}" for name in LINE]
    return "\n".join([*said, f"serial={serial}"])


def lines_digest(lines: Iterable) -> str:
    """Return the SHA-256 of all lines, as the head holds it."""
    said = "".join(f"{serial} {signature}\n" for serial, signature in lines)
    return hashlib.sha256(said.encode()).hexdigest()


def problems(
    statement: Statement, key: str, is_signed: Callable[[str, str, str], bool]
) -> list:
    """Return what is wrong with a statement, as codes; none when it is whole.

    :param key: the public key that finance was given, not the one in the file
    :param is_signed: public key, text, signature -> bool
    """
    found = []
    head, lines = statement.head, statement.lines
    if statement.key != key:
        found.append(OTHER_KEY)
    if head["format"] != FORMAT or not is_signed(
        key, head_text(head), statement.signature
    ):
        found.append(HEAD_CHANGED)
    if lines_digest(lines) != head["lines"]:
        found.append(LINES_CHANGED)
    if len({serial for serial, _signature in lines}) != len(lines):
        found.append(TWICE)
    if lines and head["number"] != str(len(lines)):
        found.append(NUMBER)
    if not all(
        is_signed(key, line_text(head, serial), signature)
        for serial, signature in lines
    ):
        found.append(LINE_CHANGED)
    return found


def read(text: str) -> Statement:
    """Read the file of a statement.

    :raise StatementError: when it is none

    >>> try:
    ...     read("no statement")
    ... except StatementError as error:
    ...     print(error)
    not a statement
    """
    if len(text) > LARGEST_FILE:
        raise StatementError("not a statement")
    try:
        rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), strict=True))
        names, values, signatures = zip(*rows, strict=True)
        many = len(HEAD)
        head = dict(zip(names[1 : many + 1], values[1 : many + 1], strict=True))
        if (
            rows[0] != list(COLUMNS)
            or tuple(head) != HEAD
            or names[many + 1] != "head"
            or set(names[many + 2 :]) - {"line"}
        ):
            raise ValueError
        Decimal(head["total"]) + Decimal(head["vat"])
    except (ValueError, IndexError, csv.Error, InvalidOperation):
        raise StatementError("not a statement") from None
    return Statement(
        head=head,
        lines=tuple(zip(values[many + 2 :], signatures[many + 2 :], strict=True)),
        key=values[many + 1],
        signature=signatures[many + 1],
    )
