"""What a file of agreements may hold, and the report about one that may not be."""

from datetime import date
from decimal import Decimal

import pytest

from ..importer.values import ERROR, WARNING
from ..presets import read
from ..presets.columns import COLUMNS, of
from ..presets.reading import MAX_BYTES, MAX_ROWS
from ..presets.relevance import RELEVANT
from ..presets.values import Agreement, Right, Text

HEAD = "agreement;version;valid_from;code;name;unit;quantity;currency;interval;"
HEAD += "interval_months;block_origin;note"


def sheet_of(*lines, head=HEAD):
    """Read lines written with semicolons, under the usual headings."""
    return read("\n".join((head, *lines)).encode())


def found(sheet, level=ERROR):
    """``(row, column, code)`` of every problem of a level."""
    return [(p.row, p.column, p.code) for p in sheet.problems if p.level == level]


GOOD = "CAO Test;2026;01-01-2026;scan;Scan;scans;1;;once;;;"


def test_a_whole_file():
    sheet = sheet_of(
        GOOD,
        "CAO Test;2026;;budget;Budget;amount;1.000;EUR;rolling_start;60;;".replace(
            "1.000", "1000,50"
        ),
        "CAO Test;2028;1-1-2028;scan;Scan;scans;2;;calendar_block;24;2028-01-01;",
        "cao  test;2028;;talk;Talk;sessions;1;;once;;;",
        "Other;;;x;X;days;1,5;;accrual;12;;",
    )
    assert not sheet.problems
    first, other = sheet.agreements
    assert [text.version for text in first.versions] == ["2026", "2028"]
    assert first.versions[0].valid_from == date(2026, 1, 1)
    assert [right.code for right in first.versions[1].rights] == ["scan", "talk"]
    assert first.rights[1].quantity == Decimal("1000.50")
    assert first.rights[2].block_origin == date(2028, 1, 1)
    assert other.rights[0].quantity == Decimal("1.5")


def test_commas_windows_text_and_an_own_order_of_columns():
    data = "Name,Quantity,Unit,Code,Agreement\r\nBegeleiding één,1,scans,a,CAO\r\n"
    (agreement,) = read(data.encode("cp1252")).agreements
    assert agreement.rights[0].name == "Begeleiding één"


def test_what_the_text_does_not_say_stays_empty_and_is_named():
    sheet = sheet_of(
        "CAO;;;a;A;scans;1;;;;;",
        "CAO;;;b;B;scans;1;;rolling_start;;;",
        "CAO;;;c;C;scans;1;;calendar_block;60;;",
        "CAO;;;d;D;scans;1;;once;;;",
    )
    assert found(sheet) == []
    assert found(sheet, WARNING) == [
        (2, "interval", "incomplete"),
        (3, "interval_months", "incomplete"),
        (4, "block_origin", "incomplete"),
    ]
    assert sheet.agreements[0].rights[0].interval == ""


def test_an_agreement_can_come_without_rights():
    sheet = sheet_of("CAO;2026;;;;;;;;;;Nothing in it yet")
    assert found(sheet) == []
    assert sheet.agreements[0].versions[0].rights == ()
    assert sheet.agreements[0].versions[0].note == "Nothing in it yet"


def test_a_check_elsewhere_is_never_taken_over():
    head = "agreement;code;name;unit;quantity;verified_by;verified_on"
    sheet = sheet_of("CAO;a;A;scans;1;The union;2026-01-01", head=head)
    assert found(sheet, WARNING)[:2] == [(None, None, "check_column")] * 2
    assert "union" not in repr(sheet.agreements)
    fields = {f for o in (Agreement, Text, Right) for f in o.__dataclass_fields__}
    assert not [name for name in fields if "verif" in name or "check" in name]


# -- the file as a whole ------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\n\n", "empty_file"),
        (b"PK\x03\x04rest of a workbook", "workbook"),
        ("agreement;name".encode("utf-16")[2:], "encoding"),
        (b"agreement;name\n" + b"x" * MAX_BYTES, "file_too_big"),
        (b"agreement;name\n" + b"x;y\n" * (MAX_ROWS + 1), "too_many_rows"),
        (b"agreement;name\n" + b";" * 200 + b"x", "too_many_columns"),
        (b'agreement;name\nCAO;"never closed', "quotes"),
        (b"agreement;code;name;unit;quantity", "no_rights"),
        (b"code;name;unit;quantity\na;A;scans;1", "missing_column"),
        (b"agreement;name;name\nCAO;a;b", "double_column"),
        (b"agreement;shoe size\nCAO;44", "unknown_column"),
        (b"agreement;intervall\nCAO;once", "unknown_column_like"),
    ],
)
def test_a_file_that_cannot_be_used(data, code):
    sheet = read(data)
    assert code in [each[2] for each in found(sheet)]
    assert sheet.agreements == ()


# -- one cell -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("name", "=cmd|' /C calc'!A0", "formula"),
        ("name", "@SUM(1)", "formula"),
        ("name", "+31", "formula"),
        ("name", "-1", "formula"),
        ("name", "x" * 501, "too_long"),
        ("name", "a\x07b", "control_character"),
        ("name", '"two\nlines"', "more_lines"),
        ("code", "a/b", "bad_code"),
        ("code", "x" * 65, "bad_code"),
        ("unit", "euro", "bad_choice"),
        ("quantity", "1.000", "bad_amount"),
        ("quantity", "1.000,00", "bad_amount"),
        ("quantity", "€ 900", "bad_amount"),
        ("quantity", "0", "zero"),
        ("quantity", "1,5", "not_countable"),
        ("currency", "euro", "bad_currency"),
        ("currency", "EUR", "idle"),
        ("interval", "yearly", "bad_choice"),
        ("interval_months", "5 years", "bad_whole"),
        ("interval_months", "1201", "bad_whole"),
        ("interval_months", "60", "idle"),
        ("valid_from", "31-02-2026", "no_such_day"),
        ("valid_from", "02/31/2026", "no_such_day"),
        ("valid_from", "46022", "date_as_number"),
        ("valid_from", "january", "bad_date"),
        ("valid_from", "01-01-1066", "date_far_away"),
        ("country", "Nederland", "bad_country"),
        ("after_effect", "perhaps", "bad_flag"),
        ("excluded", "student, boss", "bad_choice"),
        ("cap", "4500", "idle"),
        ("saving_months", "36", "idle"),
        ("prorate_part", "yes", "idle"),
        ("full_time_hours", "36", "idle"),
        ("hours_exclusive", "yes", "idle"),
        ("basis", "salary_percent", "basis_unit"),
        ("improves_code", "a", "half_improves"),
    ],
)
def test_a_cell_that_cannot_be_used(column, cell, code):
    """The good row beside it shows that it is this cell."""
    row = {
        "agreement": "CAO",
        "code": "a",
        "name": "A",
        "unit": "scans",
        "quantity": "1",
        "interval": "once",
    }
    head, good = ";".join([*row, "x"]), ";".join([*row.values(), ""])
    assert found(sheet_of(good, head=head.replace(";x", ";note"))) == []
    bad = row | {column: cell}
    sheet = sheet_of(";".join(bad.values()), head=";".join(bad))
    where = {"basis": "unit", "improves_code": "improves_agreement"}
    assert (2, where.get(column, column), code) in found(sheet)
    assert sheet.agreements == ()


# -- rows together ------------------------------------------------------------------


def test_all_problems_come_at_once():
    sheet = sheet_of(
        GOOD,
        "CAO Test;2026;02-01-2026;scan;Scan again;scans;half;;once;;;",
        ";;;b;B;scans;1;;once;;;",
        "CAO Test;2026;;;B;scans;1;;once;;;",
        "CAO Test;2026;;c;C;amount;100;;often;;;;too;many",
    )
    assert found(sheet) == [
        (3, "quantity", "bad_amount"),
        (3, "valid_from", "differs"),
        (4, "agreement", "no_agreement"),
        (5, "code", "no_value"),
        (6, None, "extra_cells"),
        (6, "interval", "bad_choice"),
        (6, "currency", "no_currency"),
    ]


def test_a_code_is_used_once_in_a_version():
    again = GOOD.replace("Scan;", "Other;")
    assert found(sheet_of(GOOD, again)) == [(3, "code", "double_code")]
    assert found(sheet_of(GOOD, again.replace("2026;01-01-2026", "2027;"))) == []


def test_versions_of_one_agreement_have_names():
    unnamed = "CAO Test;;;scan;Scan;scans;1;;once;;;"
    assert found(sheet_of(unnamed)) == []
    assert found(sheet_of(GOOD, unnamed)) == [(3, "version", "no_version_name")]


def test_periods_do_not_turn_round():
    head = "agreement;valid_from;valid_to;code;name;unit;quantity;right_valid_from;"
    head += "right_valid_to"
    good = "CAO;2026-01-01;2027-12-31;a;A;scans;1;2026-01-01;2026-01-01"
    assert found(sheet_of(good, head=head)) == []
    turned = "CAO;2026-01-01;2025-12-31;a;A;scans;1;2026-01-02;2026-01-01"
    assert found(sheet_of(turned, head=head)) == [
        (2, "right_valid_to", "ends_first"),
        (2, "valid_to", "ends_first"),
    ]


def test_only_company_rules_improve():
    head = "agreement;company_rules;code;name;unit;quantity;improves_agreement;"
    head += "improves_code"
    line = "Ours;%s;a;A;scans;2;CAO;scan"
    assert found(sheet_of(line % "yes", head=head)) == []
    assert found(sheet_of(line % "no", head=head)) == [
        (2, "improves_code", "not_company_rules")
    ]


def test_percentages_and_service():
    head = "agreement;code;name;unit;quantity;basis;interval;currency;"
    head += "min_service_months;max_service_months"
    good = "CAO;a;A;amount;1,5;salary_percent;accrual;EUR;6;36"
    assert found(sheet_of(good, head=head)) == []
    bad = "CAO;a;A;amount;150;salary_percent;once;EUR;36;36"
    assert found(sheet_of(bad, head=head)) == [
        (2, "quantity", "percentage"),
        (2, "interval", "basis_interval"),
        (2, "max_service_months", "nobody"),
    ]


# -- the table of columns -----------------------------------------------------------


def test_columns_are_the_fields():
    for owner in (Agreement, Text, Right):
        fields = set(owner.__dataclass_fields__) - {"versions", "rights", "row"}
        assert {column.key for column in of(owner)} == fields
    assert set(RELEVANT) <= {column.key for column in COLUMNS}
