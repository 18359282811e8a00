"""Each kind of cell: what is understood, and what is refused with which reason."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..importer import cells


@pytest.mark.parametrize(
    ("parse", "cell", "value"),
    [
        (cells.text, "  Anna \u00a0 van  Dijk ", "Anna van Dijk"),
        (cells.employee_number, " 00417 ", "00417"),
        (cells.employee_number, "NL-12/3.b", "NL-12/3.b"),
        (cells.email, "A.B@Example.ORG", "a.b@example.org"),
        (cells.day, "2024-02-29", date(2024, 2, 29)),
        (cells.day, "29-2-2024", date(2024, 2, 29)),
        (cells.day, "29/02/2024", date(2024, 2, 29)),
        (cells.day, "29.02.2024", date(2024, 2, 29)),
        (cells.day, "29-02-2024 0:00", date(2024, 2, 29)),
        (cells.day, "2024-02-29T00:00:00", date(2024, 2, 29)),
        (cells.hours, "32", Decimal("32.00")),
        (cells.hours, "31,5", Decimal("31.50")),
        (cells.hours, "0", Decimal("0.00")),
        (cells.part_time, "0,8", Decimal("0.8000")),
        (cells.part_time, "80%", Decimal("0.8000")),
        (cells.path, "A / B", ("A", "B")),
        (cells.path, "A/B", ("A/B",)),
        (cells.gender, "Vrouw", "female"),
        (cells.gender, "X", "other"),
        (cells.education, "Below_College", "other"),
    ],
)
def test_understood(parse, cell, value):
    """Dutch and international ways of writing give the same value."""
    assert parse(cell) == value


@pytest.mark.parametrize(
    ("parse", "cell", "code"),
    [
        (cells.text, "x" * 201, "too_long"),
        (cells.text, "=HYPERLINK(1)", "formula"),
        (cells.text, " +31", "formula"),
        (cells.text, "@SUM", "formula"),
        (cells.text, "-2+3", "formula"),
        (cells.text, "a\x07b", "control_character"),
        (cells.text, "evil\u202egnp.exe", "control_character"),
        (cells.employee_number, "7 8", "bad_number"),
        (cells.employee_number, "1" * 41, "bad_number"),
        (cells.email, "nobody", "bad_email"),
        (cells.email, "a@b.c, d@e.f", "bad_email"),
        (cells.day, "30-02-2024", "no_such_day"),
        (cells.day, "45292", "date_as_number"),
        (cells.day, "1 mei 2024", "bad_date"),
        (cells.day, "01-02-24", "bad_date"),
        (cells.day, "01-01-0024", "date_far_away"),
        (cells.hours, "61", "hours_range"),
        (cells.hours, "1.234,5", "bad_decimal"),
        (cells.hours, "veel", "bad_decimal"),
        (cells.part_time, "0", "fte_range"),
        (cells.part_time, "36", "fte_range"),
        (cells.path, "A /  / B", "empty_level"),
        (cells.path, " / ".join("ABCDEFGHIJK"), "too_many_levels"),
        (cells.gender, "?", "bad_gender"),
        (cells.education, "basic", "bad_education"),
    ],
)
def test_refused(parse, cell, code):
    """What cannot be right is refused with the reason that fits."""
    with pytest.raises(cells.CellError) as refused:
        parse(cell)
    assert refused.value.code == code


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_both_ways(day):
    """Any day is read back the same, written the Dutch and the ISO way."""
    assert cells.day(day.isoformat()) == day
    assert cells.day(f"{day.day}-{day.month}-{day.year}") == day
    assert cells.day(f"{day.day:02}/{day.month:02}/{day.year}") == day


@given(st.text())
def test_text_never_starts_a_formula(cell):
    """Whatever comes through is printable and no spreadsheet would run it."""
    try:
        value = cells.text(cell)
    except cells.CellError:
        return
    assert value.isprintable()
    assert not value.startswith(cells.FORMULA_STARTS)
