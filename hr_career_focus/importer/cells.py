"""Read one cell: text in, a value out, or a :class:`CellError` that says why not.

Both the Dutch and the international way of writing are understood, whatever the
spreadsheet's language: ``31-12-2024`` and ``2024-12-31``, ``0,8`` and ``0.8``.
"""

import re
from datetime import date
from decimal import Decimal, InvalidOperation

MAX_TEXT = 200
MAX_NUMBER = 40
MAX_LEVELS = 10

#: A spreadsheet runs a cell that starts like this when the file is opened again.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")

_ISO_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0?0:00(?::00)?)?")
_EMPLOYEE_NUMBER = re.compile(r"[\w./-]+")
_EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s.,;<>\"()]+")

GENDERS = {
    "female": ("female", "f", "v", "vrouw", "woman", "w"),
    "male": ("male", "m", "man"),
    "other": ("other", "x", "anders", "non-binary", "non-binair"),
}
EDUCATION = {
    "graduate": ("graduate", "college", "mbo", "secondary", "secundair"),
    "bachelor": ("bachelor", "hbo", "professionele bachelor"),
    "master": ("master", "wo", "academisch", "universitair"),
    "doctor": ("doctor", "phd", "doctoraat", "gepromoveerd"),
    "other": ("other", "anders", "below college", "geen"),
}


class CellError(Exception):
    """Raised when a cell cannot be read; ``code`` names the text to show."""

    def __init__(self, code, **data):
        """Keep the code and what the text is filled in with."""
        super().__init__(code)
        self.code = code
        self.data = data


def text(cell):
    """A line of plain text.

    >>> text(" Jan de  Vries ")
    'Jan de Vries'
    >>> text("=1+1")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    CellError: formula
    """
    if len(cell) > MAX_TEXT:
        raise CellError("too_long", limit=MAX_TEXT)
    if cell.lstrip(" ").startswith(FORMULA_STARTS):
        raise CellError("formula", start=cell.lstrip(" ")[0])
    value = " ".join(cell.split())
    if not value.isprintable():
        raise CellError("control_character")
    return value


def employee_number(cell):
    """The number a person is known by; kept as text, so leading zeros stay.

    >>> employee_number("00417")
    '00417'
    """
    value = text(cell)
    if len(value) > MAX_NUMBER or not _EMPLOYEE_NUMBER.fullmatch(value):
        raise CellError("bad_number", limit=MAX_NUMBER)
    return value


def email(cell):
    """One e-mail address, in lower case.

    >>> email("Jan@Example.com")
    'jan@example.com'
    """
    value = text(cell).lower()
    if not _EMAIL.fullmatch(value):
        raise CellError("bad_email")
    return value


def day(cell):
    """A calendar day; the day comes first, or the year does, never the month.

    >>> day("01-02-2024"), day("2024-02-01"), day("1/2/2024 00:00")
    (datetime.date(2024, 2, 1), datetime.date(2024, 2, 1), datetime.date(2024, 2, 1))
    >>> day("29-02-2023")  # doctest: +IGNORE_EXCEPTION_DETAIL
    Traceback (most recent call last):
    CellError: no_such_day
    """
    value = text(cell)
    if match := _ISO_DATE.fullmatch(value):
        year, month, number = map(int, match.groups())
    elif match := _DAY_FIRST.fullmatch(value):
        number, month, year = map(int, match.groups())
    elif re.fullmatch(r"\d{5}", value):
        raise CellError("date_as_number")
    else:
        raise CellError("bad_date")
    try:
        result = date(year, month, number)
    except ValueError as error:
        raise CellError("no_such_day") from error
    if not 1900 <= year <= 2100:
        raise CellError("date_far_away")
    return result


def number(cell):
    """A decimal number, with a comma or a point.

    >>> number("0,8"), number("36.00"), number("36")
    (Decimal('0.8'), Decimal('36.00'), Decimal('36'))
    """
    value = text(cell)
    if not re.fullmatch(r"\d{1,4}(?:[.,]\d{1,4})?", value):
        raise CellError("bad_decimal")
    try:
        return Decimal(value.replace(",", "."))
    except InvalidOperation as error:
        raise CellError("bad_decimal") from error


def hours(cell):
    """Hours a week: 0 (no fixed hours) up to 60."""
    value = number(cell)
    if value > 60:
        raise CellError("hours_range")
    return value.quantize(Decimal("0.01"))


def part_time(cell):
    """A part of full time, above 0 and up to 1.2; a percentage is understood.

    >>> part_time("0,8"), part_time("80 %")
    (Decimal('0.8000'), Decimal('0.8000'))
    """
    percentage = cell.strip().endswith("%")
    value = number(cell.strip().rstrip("%").strip())
    value = value / 100 if percentage else value
    if not 0 < value <= Decimal("1.2"):
        raise CellError("fte_range")
    return value.quantize(Decimal("0.0001"))


def path(cell):
    """A department with those above it, from the top.

    A slash between spaces goes one level down; a slash inside a word belongs to it.

    >>> path("Radio / Redactie / Nieuws"), path("HR/Payroll")
    (('Radio', 'Redactie', 'Nieuws'), ('HR/Payroll',))
    """
    names = tuple(part.strip() for part in re.split(r" /(?= |$)|^/ ", text(cell)))
    if not all(names):
        raise CellError("empty_level")
    if len(names) > MAX_LEVELS:
        raise CellError("too_many_levels", limit=MAX_LEVELS)
    return names


def _choice(cell, words, code):
    value = text(cell).lower().replace("_", " ")
    for key, accepted in words.items():
        if value in accepted:
            return key
    raise CellError(code, choices=", ".join(words))


def gender(cell):
    """Female, male or other, in English or Dutch.

    >>> gender("V"), gender("man")
    ('female', 'male')
    """
    return _choice(cell, GENDERS, "bad_gender")


def education(cell):
    """The highest certificate, in the words Odoo has for it.

    >>> education("HBO"), education("Below_College")
    ('bachelor', 'other')
    """
    return _choice(cell, EDUCATION, "bad_education")
