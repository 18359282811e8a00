"""The page about open data says what the program writes."""

import json
import re
from datetime import date
from pathlib import Path

from odoo.addons.hr_career_focus_reports.engine import open_data, register, release
from odoo.addons.hr_career_focus_reports.engine.sample import (
    sixty_people,
    thirteen_starts,
)

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "open-data.md").read_text(encoding="utf-8")
SCHEMA = json.loads(
    (
        ROOT / "hr_career_focus_reports/static/open-data/uptake-1.0.schema.json"
    ).read_text(encoding="utf-8")
)


def test_example_is_what_the_program_writes():
    """Two rows of it; the others are of the same form."""
    year = release.compute(
        sixty_people(),
        thirteen_starts(),
        company=1,
        period="year",
        published_on=date(2027, 1, 15),
        secret=b"for the example only",
    )
    written = open_data.document(
        year.content(), year.fingerprint(), employer="Sixty", country="NL"
    )
    [example] = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    shown = json.loads(example)
    rows = [row for row in written["rows"] if row in shown["rows"]]
    assert shown == written | {"rows": rows}
    assert len(shown["rows"]) == 2


def test_every_field_and_category_is_explained():
    """As the first cell of a row, or in the sentence about categories."""
    cells = re.findall(r"^\| (`.*?) \|", TEXT, re.MULTILINE)
    fields = {name for cell in cells for name in re.findall(r"`(\w+)`", cell)}
    assert fields == {
        *SCHEMA["properties"],
        *SCHEMA["$defs"]["row"]["properties"],
    }
    for groups in open_data.CATEGORIES.values():
        for code in groups:
            assert f"`{code}`" in TEXT
    assert register.UNKNOWN in TEXT
    for state in release.STATES:
        assert f"`{state}`:" in TEXT
