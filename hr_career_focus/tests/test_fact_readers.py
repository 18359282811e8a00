"""One file knows ``hr.version`` where rights are concerned."""

import re
from pathlib import Path

from odoo.tests import BaseCase, tagged

ADDON = Path(__file__).parent.parent
#: The adapter, and what its rows mean.
ADAPTER = {"models/career_entitlement.py", "models/history_reader.py"}
#: What a right may depend on, as ``hr.version`` calls it.
FACTS = re.compile(
    r"contract_date_(start|end)|employee_type|\bcontract_type_id\b"
    r"|resource_calendar_id|hours_per_week|version_id\.wage"
)
#: Who reads or writes these for another purpose.
OTHERS = {
    # The import compares a file with what is on record, and writes it.
    "wizards/employee_snapshot.py",
    "wizards/employee_writer.py",
    # The time zone of the company.
    "casework/employee.py",
    # When somebody has left: what is kept of the ledger.
    "casework/ledger_rest.py",
    # The people of the demo, and those of the self-check.
    "demo/setting.py",
    "demo/story.py",
    "selfcheck/cast.py",
}


@tagged("post_install", "-at_install")
class TestFactReaders(BaseCase):
    def readers(self):
        found = set()
        for path in ADDON.rglob("*.py"):
            name = path.relative_to(ADDON).as_posix()
            if not name.startswith("tests/") and FACTS.search(path.read_text()):
                found.add(name)
        return found

    def test_only_the_adapter_reads_facts_of_contracts(self):
        """No other code of rights asks a version about dates, hours or wages."""
        found = self.readers()
        self.assertIn("models/career_entitlement.py", found)
        self.assertEqual(found - ADAPTER - OTHERS, set())

    def test_the_engine_knows_no_records(self):
        for path in (ADDON / "engine").glob("*.py"):
            with self.subTest(path.name):
                odoo = re.search(
                    r"^\s*(from|import) odoo\b|hr[._]version", path.read_text(), re.M
                )
                self.assertIsNone(odoo)
