"""The page about importing says what the importer does."""

from pathlib import Path

from odoo.addons.hr_career_focus.importer.columns import COLUMNS

PAGE = Path(__file__).resolve().parents[1] / "docs" / "importing.md"


def test_page_has_every_column():
    """Each column stands in the table, with all the headings that are understood."""
    lines = PAGE.read_text().splitlines()
    for column in COLUMNS:
        star = " *" if column.required else ""
        start = f"| {column.heading}{star} | {', '.join(column.aliases)} | "
        assert any(line.startswith(start) for line in lines), column.heading
