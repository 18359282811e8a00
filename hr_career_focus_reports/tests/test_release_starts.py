"""Who started when: one line per person, opened as little as possible."""

import os
import tempfile
from datetime import date
from pathlib import Path
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from odoo.addons.hr_career_focus.casework import uptake
from odoo.addons.hr_career_focus.casework.errors import CaseworkError
from odoo.addons.hr_career_focus.casework.opening import (
    Dossier,
    holder_index,
    person_index,
    vault,
)
from odoo.addons.hr_career_focus.vault import purged
from odoo.addons.hr_career_focus.vault.keyring import load_keyring

from .common import Organisation


@tagged("post_install", "-at_install")
class TestStarts(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(cls.env, "Omroep De Waal", {"Office": 8})
        cls.first, cls.second, *_rest = cls.org.staff["Office"]

    def starts(self, year=2025):
        return uptake.first_starts(self.env(su=True), self.org.company, year)

    def start(self, employee, month, login=0):
        """Start and end a traject; with a login of that number, or the usual one."""
        with vault(self.env) as inside:
            Dossier.create(
                inside,
                {
                    "company_id": self.org.company.id,
                    "kind": "own_right",
                    "state": "closed",
                    "month_requested": month,
                    "month_started": month,
                },
                {"user": login or 10**6 + employee.id, "employee": employee.id},
            )

    def test_once_a_person_in_the_first_month(self):
        for month in (9, 4, 6):
            self.start(self.first, date(2025, month, 1))
        self.start(self.second, date(2025, 12, 1))
        expected = {
            self.first.id: date(2025, 4, 1),
            self.second.id: date(2025, 12, 1),
        }
        self.assertEqual(self.starts(), expected)
        self.assertEqual(self.starts(2024), {})

    def test_two_logins_of_one_person(self):
        """The database sees two; they are one when they are opened."""
        self.start(self.first, date(2025, 9, 1), login=11)
        self.start(self.first, date(2025, 3, 1), login=12)
        self.start(self.first, date(2025, 5, 1), login=13)
        self.assertEqual(self.starts(), {self.first.id: date(2025, 3, 1)})

    def test_one_login_for_two_persons_in_turn(self):
        """HR can give a login to another employee, who is then counted too."""
        self.start(self.first, date(2025, 3, 1), login=11)
        self.start(self.second, date(2025, 9, 1), login=11)
        expected = {
            self.first.id: date(2025, 3, 1),
            self.second.id: date(2025, 9, 1),
        }
        self.assertEqual(self.starts(), expected)

    def test_what_a_backup_brought_back_counts_for_nobody(self):
        """The first case of a person is on the purge list; the second one counts."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        there = {purged.ENVIRONMENT: str(Path(folder.name) / "purged.list")}
        self.startPatcher(patch.dict(os.environ, there))
        purged.ensure_list()
        self.start(self.first, date(2025, 2, 1))
        self.start(self.first, date(2025, 7, 1))
        self.start(self.second, date(2025, 3, 1))
        with vault(self.env) as inside:
            refs = inside["hr.career.traject"].search(
                [
                    ("company_id", "=", self.org.company.id),
                    ("month_started", "<", "2025-04-01"),
                ]
            )
            refs = refs.mapped("ref")
        self.assertEqual(len(self.starts()), 2)
        purged.add(load_keyring(), refs)
        self.assertEqual(self.starts(), {self.first.id: date(2025, 7, 1)})

    def test_more_than_a_portion(self):
        with patch.object(uptake, "PORTION", 3):
            self.org.start(self.org.staff["Office"], date(2025, 5, 1))
            self.assertEqual(set(self.starts()), set(self.org.employees.ids))

    def of_an_earlier_version(self):
        """Take the index away, as on what was there before it existed."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE hr_career_traject SET person_index = NULL")

    def test_trajects_of_an_earlier_version(self):
        """Opened one by one, and with the others the same answer."""
        for month in (9, 4, 6):
            self.start(self.first, date(2025, month, 1))
        self.start(self.second, date(2025, 5, 1))
        before = self.starts()
        self.of_an_earlier_version()
        self.assertEqual(self.starts(), before)
        self.start(self.first, date(2025, 2, 1))
        self.start(self.second, date(2025, 8, 1))
        expected = {
            self.first.id: date(2025, 2, 1),
            self.second.id: date(2025, 5, 1),
        }
        self.assertEqual(self.starts(), expected)

    def test_the_index_tells_nothing_else(self):
        """It is no index that other tables have, so it joins with none of them."""
        self.start(self.first, date(2025, 9, 1))
        with vault(self.env) as inside:
            traject = inside["hr.career.traject"].search(
                [("company_id", "=", self.org.company.id)]
            )
            self.assertEqual(traject.person_index, person_index(self.first.id))
            self.assertNotEqual(traject.person_index, holder_index(self.first.id))
            self.assertNotEqual(traject.person_index, traject.owner_index)

    def test_employees_of_another_company(self):
        """Who works elsewhere now is not on this company's list, nor counted."""
        self.start(self.first, date(2025, 9, 1))
        self.start(self.second, date(2025, 9, 1))
        other = self.env["res.company"].create({"name": "Other"})
        self.first.company_id = other
        self.assertEqual(set(self.starts()), {self.second.id})

    def test_statements_do_not_grow(self):
        counts = []
        for month in (2, 5):
            self.org.start(self.org.staff["Office"][: month * 4 - 7], date(2025, 1, 1))
            self.env.flush_all()
            before = self.cr.sql_log_count
            self.starts()
            counts.append(self.cr.sql_log_count - before)
            with vault(self.env) as inside:
                inside["hr.career.traject"].search([]).write({"state": "closed"})
        self.assertEqual(*counts)

    def test_one_that_cannot_be_opened_stops_the_release(self):
        """Figures that are too low are worse than none; the transaction lives on."""
        self.org.start(self.org.staff["Office"], date(2025, 5, 1))
        self.of_an_earlier_version()
        with vault(self.env) as inside:
            traject = inside["hr.career.traject"].search(
                [("company_id", "=", self.org.company.id)], limit=1
            )
            whole = traject.identity
            traject.identity = whole[:-8] + whole[-4:] + whole[-8:-4]
            traject.flush_recordset()
        with self.assertRaises(CaseworkError):
            self.starts()
        with vault(self.env) as inside:
            inside["hr.career.traject"].browse(traject.id).identity = whole
        self.assertEqual(len(self.starts()), 8)

    def test_the_job_alone(self):
        with self.assertRaises(AccessError):
            uptake.first_starts(
                self.env(user=self.env.ref("base.user_admin"), su=False),
                self.org.company,
                2025,
            )
