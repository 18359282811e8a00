"""The page about the exchange of agreements says what the reader does."""

import re
from pathlib import Path

from odoo.addons.hr_career_focus.presets import shipped
from odoo.addons.hr_career_focus.presets.columns import CHECK_COLUMNS, COLUMNS
from odoo.addons.hr_career_focus.presets.reading import MAX_BYTES, MAX_ROWS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "presets.md"
ROWS = {
    match[1]: match[0]
    for match in re.finditer(r"^\| `(\w+)`.*$", PAGE.read_text(), re.MULTILINE)
}


def test_page_has_every_column_and_no_other():
    assert list(ROWS) == [column.key for column in COLUMNS]


def test_page_says_which_columns_are_needed():
    for column in COLUMNS:
        start = f"| `{column.key}`{' *' if column.required else ''} | "
        assert ROWS[column.key].startswith(start)


def test_page_lists_the_codes_of_each_column():
    for column in COLUMNS:
        if not column.choices:
            continue
        listed = ", ".join(f"`{code}`" for code in column.choices)
        assert f"{listed}." in ROWS[column.key], column.key


def test_page_says_what_an_empty_cell_means():
    for column in COLUMNS:
        means = ROWS[column.key].rsplit("|", 2)[1].strip()
        if column.required:
            assert means == "–"
        elif isinstance(column.default, bool):
            assert means == f"`{'yes' if column.default else 'no'}`"
        elif column.choices and column.default:
            assert means == f"`{column.default}`", column.key
        else:
            assert means not in ("", "–"), column.key


def test_page_names_the_templates_the_limits_and_what_is_left_out():
    text = PAGE.read_text()
    for one in shipped():
        assert f"| {one.agreement.agreement} | " in text
    assert f"{MAX_BYTES // 1024 // 1024} MB, {MAX_ROWS:,} lines" in text
    for column in CHECK_COLUMNS:
        assert f"`{column}`" in text
