"""Read and write one cell of an agreement.

A reader takes the text of a cell that is not empty and gives a value, or raises
:class:`~..importer.cells.CellError`. Dates and decimals are understood in the Dutch
and in the international way, as in the file of employees.
"""

import re
from decimal import Decimal

from ..engine.codes import CATEGORIES
from ..importer.cells import FORMULA_STARTS, CellError

MAX_CODE = 64
MAX_LINE = 500
MAX_PROSE = 10_000
MAX_MONTHS = 1200

YES = ("yes", "y", "ja", "j", "true", "1", "x")
NO = ("no", "n", "nee", "false", "0")

_AMOUNT = re.compile(r"\d{1,9}(?:[.,]\d{1,2})?")
_GUARDED = re.compile(r"'+[=+\-@]")
_RUNS = re.compile(r"'*[=+\-@]")


def tidy(value):
    r"""A text without spaces and empty lines around it; lines stay lines.

    >>> tidy("  For  everybody.\r\n\r\n Also  you. ")
    'For everybody.\n\nAlso you.'
    """
    lines = re.split(r"\r\n|\r|\n", value)
    return "\n".join(" ".join(each.split()) for each in lines).strip()


def prose(cell, limit=MAX_PROSE):
    """A text of several lines that no spreadsheet runs; an apostrophe guard goes.

    >>> prose("'=1+1")
    '=1+1'
    >>> prose("=1+1")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    CellError: formula
    """
    value = tidy(cell)
    if value.startswith(FORMULA_STARTS):
        raise CellError("formula", start=value[0])
    if _GUARDED.match(value):
        value = value[1:]
    if len(value) > limit:
        raise CellError("too_long", limit=limit)
    if not all(character.isprintable() or character == "\n" for character in value):
        raise CellError("control_character")
    return value


def guarded(value):
    """A text as it can stand in a cell: never one that a spreadsheet runs.

    >>> guarded("=1+1"), guarded("'=1+1"), guarded("- a list"), guarded("fine")
    ("'=1+1", "''=1+1", "'- a list", 'fine')
    """
    return f"'{value}" if _RUNS.match(value) else value


def line(cell):
    """A text of one line."""
    value = prose(cell, MAX_LINE)
    if "\n" in value:
        raise CellError("more_lines")
    return value


def code(cell):
    """The code of a right: it says that rights of two versions are the same right.

    >>> code("career-guidance")
    'career-guidance'
    """
    value = line(cell)
    if "/" in value or len(value) > MAX_CODE:
        raise CellError("bad_code", limit=MAX_CODE)
    return value


def country(cell):
    """A country by its two letters."""
    value = line(cell).upper()
    if not re.fullmatch("[A-Z]{2}", value):
        raise CellError("bad_country")
    return value


def currency(cell):
    """A currency by its three letters."""
    value = line(cell).upper()
    if not re.fullmatch("[A-Z]{3}", value):
        raise CellError("bad_currency")
    return value


def amount(cell):
    """A number with two decimals at most, and no mark between thousands.

    Whether ``1.000`` is one or a thousand depends on who reads it, so it is neither.

    >>> amount("1,5"), amount("1000"), amount("80.00")
    (Decimal('1.5'), Decimal('1000'), Decimal('80.00'))
    >>> amount("1.000")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    CellError: bad_amount
    """
    value = line(cell)
    if not _AMOUNT.fullmatch(value):
        raise CellError("bad_amount")
    return Decimal(value.replace(",", "."))


def optional_amount(cell):
    """The same, zero meaning: not set."""
    return amount(cell) or None


def whole(cell):
    """A whole number; zero means: not set.

    >>> whole("60"), whole("0")
    (60, None)
    """
    value = line(cell)
    if not re.fullmatch(r"\d{1,4}", value) or int(value) > MAX_MONTHS:
        raise CellError("bad_whole", limit=MAX_MONTHS)
    return int(value) or None


def flag(cell):
    """Yes or no.

    >>> flag("Yes"), flag("nee")
    (True, False)
    """
    value = line(cell).lower()
    if value not in YES + NO:
        raise CellError("bad_flag")
    return value in YES


def choice(known):
    """A reader of one of the codes of a list."""

    def read(cell):
        value = line(cell).lower().replace(" ", "_").replace("-", "_")
        if value not in known:
            raise CellError("bad_choice", choices=", ".join(known))
        return value

    return read


def categories(cell):
    """Categories of workers, in the order of the engine.

    >>> categories("subsidised, student")
    ('student', 'subsidised')
    """
    found = set(re.split(r"[\s,;|]+", line(cell).lower()))
    if not found.issubset(CATEGORIES):
        raise CellError("bad_choice", choices=", ".join(CATEGORIES))
    return tuple(each for each in CATEGORIES if each in found)


def written(value):
    """A value as a cell; what is not set is an empty cell.

    >>> written(None), written(True), written(Decimal("1.50")), written(("a", "b"))
    ('', 'yes', '1.5', 'a, b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        digits = f"{value:f}"
        return digits.rstrip("0").rstrip(".") if "." in digits else digits
    if isinstance(value, tuple):
        return ", ".join(value)
    return guarded(str(value))
