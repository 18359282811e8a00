"""The import on a public data set that nobody here wrote: 1,470 employees."""

import base64
import time
from collections import Counter
from datetime import date

import attrition
from freezegun import freeze_time

from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
@freeze_time("2026-01-05 09:00:00")
class TestPublicDataset(TransactionCase):
    """Load the data set, look at what came of it, load it again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Attrition Ltd"})
        cls.hr = new_test_user(
            cls.env,
            "attrition_hr",
            groups="hr.group_hr_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.table = attrition.table()
        cls.file = base64.b64encode(attrition.employees_csv())

    def import_file(self):
        """Check and import as an HR manager; returns the wizard and the CPU seconds."""
        wizard = (
            self.env["hr.career.employee.import"]
            .with_user(self.hr)
            .with_company(self.company)
            .create({"data_file": self.file})
        )
        started = time.process_time()
        wizard.action_check()
        self.assertFalse(wizard.file_error)
        self.assertEqual(
            wizard.count_error, 0, wizard.line_ids.filtered("needs_attention")[:3]
        )
        wizard.action_import()
        return wizard, time.process_time() - started

    def test_import_and_again(self):
        """Everybody is there with unit, job, manager and history; twice is once."""
        wizard, seconds = self.import_file()
        history = list(attrition.rows())
        self.assertEqual(wizard.count_create, len(history))
        self.assertLess(seconds, 60)
        employees = self.env["hr.employee"].search(
            [("company_id", "=", self.company.id)]
        )
        self.assertEqual(len(employees), attrition.SIZE)
        self.assertEqual(len(employees.version_ids), len(history))

        units = Counter(
            " / ".join(
                [
                    row["Department"].replace("_", " "),
                    row["JobRole"].replace("_", " "),
                    f"Level {row['JobLevel']}",
                ]
            )
            for row in self.table
        )
        found = Counter(employees.mapped("department_id.complete_name"))
        self.assertEqual(found.keys(), units.keys())
        self.assertEqual(
            Counter(each.department_id.complete_name for each in employees), units
        )
        self.assertEqual(
            Counter(each.job_title for each in employees),
            Counter(row["JobRole"].replace("_", " ") for row in self.table),
        )
        self.assertEqual(Counter(employees.mapped("sex")).keys(), {"female", "male"})
        self.assertEqual(
            sum(each.sex == "female" for each in employees),
            sum(row["Gender"] == "Female" for row in self.table),
        )
        self.assertEqual(
            Counter(each.certificate for each in employees)["master"],
            sum(row["Education"] == "Master" for row in self.table),
        )
        self.assertEqual(
            Counter(each.birthday.year for each in employees),
            Counter(2025 - row["Age"] for row in self.table),
        )
        by_email = {each.work_email: each for each in employees}
        first = self.table[0]
        employee = by_email["e00001@attrition.example.org"]
        self.assertEqual(
            employee._get_first_version_date(),
            date(2025 - first["YearsAtCompany"], 12, 28),
        )
        self.assertEqual(
            sum(bool(each.parent_id) for each in employees), len(attrition.managers())
        )

        again, _seconds = self.import_file()
        self.assertEqual(again.count_unchanged, len(history))
        self.assertEqual((again.count_create, again.count_update), (0, 0))
        self.assertEqual(
            self.env["hr.employee"].search_count(
                [("company_id", "=", self.company.id)]
            ),
            attrition.SIZE,
        )
        self.assertEqual(
            self.env["hr.version"].search_count([("employee_id", "in", employees.ids)]),
            len(history),
        )
