"""The purge by rule, and its certificates."""

import hashlib
from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..casework import approvals, deleting, erasing, home, purging
from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import Dossier, find, vault
from ..vault import purged
from .common import TODAY
from .retention_case import BEFORE, DUE, PurgeCase


@tagged("post_install", "-at_install")
class TestPurge(PurgeCase):
    def test_by_month_and_once(self):
        ended, running = self.ended(), self.make_request("colleague")
        self.assertTrue(self.purge(BEFORE))
        self.assertEqual(self.refs(), {ended, running})
        self.assertTrue(self.purge(DUE))
        self.assertEqual(self.refs(), {running})
        self.assertFalse(self.purge(DUE))

    def test_another_rule(self):
        self.ended()
        self.company.career_retention_months = 1
        self.assertTrue(self.purge(date(2026, 7, 31)))
        self.assertEqual(len(self.refs()), 1)
        self.assertTrue(self.purge(date(2026, 8, 1)))
        self.assertFalse(self.refs())

    def test_aftercare_counts_from_its_own_end(self):
        ref = self.make_aftercare()
        with vault(self.env) as inside:
            find(inside, ref, []).state = c.CLOSED
        self.purge(date(2027, 12, 31))
        self.assertEqual(self.refs(), {ref})
        self.purge(date(2028, 1, 1))
        self.assertFalse(self.refs())

    def test_figures_of_the_year_come_first(self):
        """Who stopped after a first session still counts in the figures of the year."""
        ref = self.make_active()
        self.employee_door().case(ref).withdraw()
        self.purge(DUE)
        self.assertEqual(self.refs(), {ref})
        self.purge(date(2027, 2, 1))
        self.assertFalse(self.refs())

    def test_the_nightly_job(self):
        ref = self.ended()
        with freeze_time("2027-01-02 02:00:00"), self.enter_registry_test_mode():
            self.env.ref("hr_career_focus.purge_cron").method_direct_trigger()
        self.assertFalse(self.refs())
        self.assertTrue(self.list_path.exists())
        with self.assertRaises(NotYours):
            self.employee_door().case(ref)

    def test_without_the_list_the_job_says_so_and_purges_nothing(self):
        """The same line in the log whether or not anything was due."""
        self.list_path.unlink()
        said = []
        for ended in (False, True):
            if ended:
                self.ended()
            with (
                freeze_time("2027-01-02 02:00:00"),
                self.enter_registry_test_mode(),
                self.registry.cursor() as cr,
                self.assertLogs("odoo.addons.hr_career_focus", "ERROR") as logged,
            ):
                self.env(cr=cr, su=True)["hr.career.housekeeping"]._cron_purge()
            said.append(logged.output)
        self.assertEqual(said[0], said[1])
        self.assertEqual(len(self.refs()), 1)
        self.assertFalse(self.officer().has_list)
        purged.ensure_list()
        self.assertTrue(self.officer().has_list)

    def test_other_companies_stay(self):
        other = self.env["res.company"].create({"name": "Another firm"})
        ref = self.ended()
        self.assertTrue(purging.purge(self.env(su=True), other, DUE))
        self.assertEqual(self.refs(), {ref})

    def test_a_copy_purges_nothing(self):
        self.ended()
        uuid = self.env["ir.config_parameter"].sudo().get_param("database.uuid")
        self.env["ir.config_parameter"].sudo().set_param(
            home.PARAMETER, f"{uuid}|another-name"
        )
        self.assertFalse(self.purge(DUE))
        [ref] = self.refs()
        with self.assertRaisesRegex(CaseworkError, "copy"):
            deleting.delete(self.employee_door().case(ref))
        self.assertTrue(self.officer().is_copy)
        home.remember(self.env)
        self.assertTrue(self.purge(DUE))
        self.assertFalse(self.refs())

    def test_after_an_upgrade_it_waits(self):
        self.ended()
        parameters = self.env["ir.config_parameter"].sudo()
        parameters.set_param(home.FROM, "2027-02-01")
        self.assertFalse(self.purge(date(2027, 1, 31)))
        self.assertTrue(self.purge(date(2027, 2, 1)))
        self.assertFalse(self.refs())

    def test_the_jobs_report_the_same_whatever_they_did(self):
        """Odoo writes a job's progress to its log and to a table."""
        inside = self.env(su=True)
        inside["res.company"].create({"name": "Another firm"})

        def done(day):
            with (
                freeze_time(f"{day} 02:00:00"),
                self.enter_registry_test_mode(),
                self.registry.cursor() as cr,
            ):
                reported = []
                for method in ("_cron_end_aftercare", "_cron_purge"):
                    job = self.env.ref("hr_career_focus.purge_cron")
                    job = job.with_env(inside(cr=cr)).with_context(cron_id=job.id)
                    job, progress = job._add_progress()
                    jobs = inside["hr.career.housekeeping"].with_env(job.env)
                    getattr(jobs, method)()
                    reported.append((progress.done, progress.remaining))
                return reported

        nothing = done("2026-06-20")
        self.make_aftercare()
        self.ended("colleague")
        self.assertEqual(done("2028-01-02"), nothing)
        self.assertFalse(self.refs(), "closed and purged in one night")
        self.assertEqual(done("2028-01-03"), nothing)

    # -- certificates ------------------------------------------------------------

    def test_certificates(self):
        self.purge(BEFORE)
        self.ended()
        self.purge(DUE)
        first, second = reversed(self.officer().certificates())
        self.assertEqual([first.month, second.month], [date(2026, 12, 1), DUE])
        self.assertTrue(first.is_chained and second.is_chained)
        self.assertTrue(first.is_gone and second.is_gone)
        self.assertNotEqual(first.number, second.number)

    def test_a_certificate_does_not_tell_how_many(self):
        """Equally long in the database, whether nothing was due or something."""
        self.purge(BEFORE)
        self.ended()
        self.ended("colleague")
        self.purge(DUE)
        with vault(self.env) as inside:
            rows = inside[purging.PURGE].search([], order="place")
            self.assertEqual(len({len(row.sealed) for row in rows}), 1)

    def test_the_number_of_a_certificate_does_not_tell_whether_any(self):
        """Two months without any: nobody can see that they are alike."""
        for day in (date(2026, 10, 1), date(2026, 11, 1)):
            self.purge(day)
        empty = {one.number for one in self.officer().certificates()}
        self.assertEqual(len(empty), 2)
        self.assertNotIn(hashlib.sha256(b"").hexdigest(), empty)
        again = {one.number for one in self.officer().certificates()}
        self.assertEqual(again, empty, "the same at every look")

    def test_a_changed_or_missing_certificate_shows(self):
        for day in (date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)):
            self.purge(day)
        self.env.flush_all()
        table = SQL("hr_career_purge")
        with self.env.cr.savepoint(flush=False) as savepoint:
            self.env.cr.execute(SQL("DELETE FROM %s WHERE place = 2", table))
            self.env.invalidate_all()
            fits = [one.is_chained for one in self.officer().certificates()]
            self.assertEqual(fits, [False, True])
            savepoint.rollback()
        self.env.cr.execute(
            SQL("UPDATE %s SET month = '2025-01-01' WHERE place = 2", table)
        )
        self.env.invalidate_all()
        fits = [one.is_chained for one in self.officer().certificates()]
        self.assertEqual(sorted(fits), [False, True, True])

    def test_what_came_back_shows(self):
        ref = self.make_request("colleague")
        self.assertTrue(self.officer().is_intact)
        with vault(self.env) as inside:
            purged.add(purging.load_keyring(), [find(inside, ref, []).ref])
        self.assertFalse(self.officer().is_intact)
        self.assertEqual(erasing.erase_again(self.env(su=True), TODAY), 1)
        self.assertTrue(self.officer().is_intact)
        self.assertFalse(self.refs())

    def test_officer_of_the_company_only(self):
        for login in ("hr_manager", "settings_admin", "victim", "desk", "coach"):
            with self.assertRaises(NotYours):
                self.officer(login)
        self.assertEqual(self.officer().company, self.company)

    def test_case_whose_key_was_destroyed_goes_too(self):
        ref = self.ended()
        with vault(self.env) as inside:
            Dossier(find(inside, ref, [])).shred()
        self.purge(DUE)
        self.assertFalse(self.refs())

    def test_questions_to_a_second_person_go(self):
        now = datetime(2026, 6, 15, 9, 0)
        approvals.ask(
            self.env_of("desk"), self.company, approvals.BULK, "", "A talk", now
        )
        self.purge(BEFORE)
        with vault(self.env) as inside:
            self.assertTrue(inside[approvals.APPROVAL].search([]))
        self.purge(DUE)
        self.purge(date(2027, 2, 1))
        with vault(self.env) as inside:
            self.assertFalse(inside[approvals.APPROVAL].search([]))
