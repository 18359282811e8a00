"""The job with several companies, and the command that reads what it published."""

from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from types import SimpleNamespace

from odoo.tests import TransactionCase, freeze_time, tagged
from odoo.tools import SQL, mute_logger

from ..cli.career_uptake import (
    NOT_PROVEN,
    PROVEN,
    UNKNOWN,
    CareerUptake,
    one_company,
    one_release,
)
from .common import Organisation

JOB = "odoo.addons.hr_career_focus_reports.models.release_job"


class JobCase(TransactionCase):
    """Two companies of 45 people, of which twelve took part."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.orgs = []
        for name in ("Omroep De Waal", "Zorg Aan Zee"):
            org = Organisation(cls.env, name, {"North": 25, "South": 20})
            org.start(org.employees[4:16], date(2025, 3, 1))
            cls.orgs.append(org)
        cls.first, cls.second = cls.orgs

    def published(self, org):
        return self.env["hr.career.release.job"]._published(org.company, 2025, "year")

    def run_cron(self, day):
        with freeze_time(day), self.enter_registry_test_mode():
            self.env.ref("hr_career_focus_reports.release_cron").method_direct_trigger()


@tagged("post_install", "-at_install")
class TestReleaseJob(JobCase):
    def damage(self, value):
        """Make what one case of the first company needs unreadable, or whole again."""
        self.env.flush_all()
        self.cr.execute(
            SQL(
                """UPDATE hr_career_traject SET person_index = NULL, identity = %s
                    WHERE id = (SELECT max(id) FROM hr_career_traject
                                 WHERE company_id = %s)
                RETURNING (SELECT identity FROM hr_career_traject old
                            WHERE old.id = hr_career_traject.id)""",
                value,
                self.first.company.id,
            )
        )
        return self.cr.fetchone()[0]

    @mute_logger(JOB)
    def test_one_company_keeps_no_other_waiting(self):
        """What cannot be published is logged without a name, and tried again."""
        whole = self.damage("damaged")
        with self.assertLogs(JOB, "ERROR") as logged:
            self.run_cron("2026-01-15")
        self.assertFalse(self.published(self.first))
        self.assertTrue(self.published(self.second))
        said = "\n".join(logged.output)
        self.assertIn(f"company {self.first.company.id}, 2025 year", said)
        self.assertNotIn("North", said)
        self.assertNotIn("Omroep", said)
        kept = self.published(self.second)._content()
        self.damage(whole)
        self.run_cron("2026-01-16")
        self.assertTrue(self.published(self.first)._is_intact())
        self.assertEqual(self.published(self.second)._content(), kept)

    def test_nobody_is_opened_for_figures_that_are_not_offered(self):
        """A company that is too small is published without a look into the vault."""
        small = Organisation(self.env, "Small", {"All": 12})
        small.start(small.employees[:5], date(2025, 3, 1))
        opened = []
        job = type(self.env["hr.career.release.job"])
        self.patch(job, "_starts", lambda *seen: opened.append(seen) or {})
        with freeze_time("2026-01-15"):
            self.assertEqual(small.publish(2025).state, "nothing")
            self.assertFalse(opened)
            self.first.publish(2025)
        self.assertEqual(len(opened), 1)


@tagged("post_install", "-at_install")
class TestCommand(JobCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with freeze_time("2026-01-15"):
            cls.release = cls.first.publish(2025)

    def command(self, act, **options):
        """Run the command; return its exit code and what it printed."""
        options = {"year": 2025, "period": "year", "lang": "en_US"} | options
        out = StringIO()
        with redirect_stdout(out), redirect_stderr(out):
            command = CareerUptake.__new__(CareerUptake)
            code = getattr(command, act)(self.first.company, SimpleNamespace(**options))
        return code, out.getvalue()

    def test_prove(self):
        code, said = self.command("prove")
        self.assertEqual(code, PROVEN)
        self.assertIn(self.release.digest, said)
        self.assertIn("fingerprint is right", said)
        self.assertIn("each of the 45 people", said)

    def test_prove_what_was_changed(self):
        self.env.flush_all()
        self.cr.execute("ALTER TABLE hr_career_release_cell DISABLE TRIGGER USER")
        self.cr.execute(
            SQL(
                "UPDATE hr_career_release_cell SET shown = shown + 5 "
                "WHERE release_id = %s",
                self.release.id,
            )
        )
        self.env.invalidate_all()
        code, said = self.command("prove")
        self.assertEqual(code, NOT_PROVEN)
        self.assertIn("does not match", said)

    def test_prove_what_cannot_be_proven_any_more(self):
        self.first.hire("North", 1, date(2025, 2, 1))
        code, said = self.command("prove")
        self.assertEqual(code, UNKNOWN)
        self.assertIn("changed in HR", said)

    def test_rules(self):
        """Those in force, and those of a release, which stay as they were."""
        self.first.company.career_min_group = 31
        code, said = self.command("rules", year=None)
        self.assertEqual(code, PROVEN)
        self.assertIn("at least 31 people", said)
        self.assertIn("at least 20 people", self.command("rules")[1])

    def test_which_company_and_release(self):
        company = self.first.company
        for wanted in (str(company.id), company.name):
            self.assertEqual(one_company(self.env, wanted), company)
        for wanted in (None, "Omroep", "0"):
            with self.assertRaises(LookupError):
                one_company(self.env, wanted)
        missing = SimpleNamespace(year=2024, period="year")
        with self.assertRaises(LookupError):
            one_release(company, missing)
