"""The rules of the figures only become stricter, whoever writes and however."""

from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import (
    Form,
    HttpCase,
    JsonRpcException,
    TransactionCase,
    freeze_time,
    new_test_user,
    tagged,
)
from odoo.tools import mute_logger

from ..engine.parameters import AGREED
from .common import Organisation

LOWER = {"career_min_group": 24}
OFF = {"career_exact_total": False}


@tagged("post_install", "-at_install")
class TestRulesLock(TransactionCase):
    """A company that agreed on groups of 25 and on an exact total that is seen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(cls.env, "Omroep De Waal", {"Office": 30})
        cls.company = cls.org.company
        with freeze_time("2025-03-01"):
            cls.company.write({"career_min_group": 25, "career_exact_total": True})
        cls.admin = new_test_user(
            cls.env,
            "omni",
            "base.group_system,hr.group_hr_manager",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def refused(self, company=None):
        for values in (LOWER, OFF, LOWER | OFF, {"career_min_group": False}):
            with self.subTest(values=values), self.assertRaises(UserError):
                (company or self.company).write(values)
        self.env.invalidate_all()
        self.assertEqual(self.company.career_min_group, 25)
        self.assertTrue(self.company.career_exact_total)

    def test_refused_for_everybody(self):
        """The administrator, superuser code, and a company found through another."""
        self.refused(self.company.with_user(self.admin))
        self.refused(self.company.sudo())
        self.refused(self.company | self.env["res.company"].create({"name": "Other"}))

    def test_stricter_is_accepted_and_kept(self):
        """The positive control: more is accepted, and its day stays known."""
        with freeze_time("2025-05-06"):
            self.company.with_user(self.admin).career_min_group = 30
        self.company.write({"career_min_group": 30})
        self.assertEqual(
            self.company.career_uptake_changes,
            [
                {"on": "2025-03-01", "minimum": 25, "exact_total": True},
                {"on": "2025-05-06", "minimum": 30, "exact_total": True},
            ],
        )

    def test_the_next_release_says_what_was_changed_when(self):
        with freeze_time("2026-01-15"):
            first = self.org.publish(2025)
            self.assertTrue(first._is_intact())
            self.company.career_min_group = 30
        self.assertEqual(len(first.parameters["changes"]), 1)
        with freeze_time("2027-01-15"):
            second = self.org.publish(2026)
        self.assertEqual(
            second.parameters["changes"], self.company.career_uptake_changes
        )
        self.assertEqual(second.parameters["changes"][-1]["on"], "2026-01-15")
        self.assertTrue(second._is_intact() and first._is_intact())

    def test_refused_when_it_is_a_decision_or_a_release_that_binds(self):
        """Closing the doors opens no way back."""
        self.org.settle(career_live=False)
        self.refused()
        self.org.settle(career_live=True, career_council_none=True)
        with freeze_time("2026-01-15"):
            self.assertTrue(self.org.publish(2025))
        self.org.settle(career_live=False, career_council_date=None)
        self.refused()

    def test_free_until_something_was_agreed(self):
        new = self.env["res.company"].create({"name": "New"})
        for minimum in (30, 22):
            new.write({"career_min_group": minimum, "career_exact_total": False})
        self.assertEqual(new.career_min_group, 22)
        self.assertFalse(new.career_uptake_changes)

    def test_closing_frees_nothing(self):
        """Nor does withdrawing the decision, once a rule was changed or a tree kept."""
        self.org.settle(career_live=False, career_council_date=None)
        self.refused()
        new = Organisation(self.env, "Fresh", {"Office": 2})
        new.settle(career_live=False, career_council_date=None, career_min_group=30)
        new.company.career_min_group = 25
        self.env["hr.career.release.unit"]._of_year(new.company, 2025)
        with self.assertRaises(UserError):
            new.company.career_min_group = 24

    def test_refused_on_the_form(self):
        with self.assertRaises(UserError), Form(self.company) as form:
            form.career_min_group = 24
        with Form(self.company) as form:
            form.career_min_group = 26
        self.assertEqual(self.company.career_min_group, 26)

    @mute_logger("odoo.models")
    def test_refused_in_an_import(self):
        names = ["id", "career_min_group"]
        number = self.company.export_data(["id"])["datas"][0][0]
        for minimum, is_accepted in (("24", False), ("27", True)):
            found = self.env["res.company"].load(names, [[number, minimum]])
            self.assertEqual(bool(found["ids"]), is_accepted)
        self.assertEqual(self.company.career_min_group, 27)

    def test_history_is_written_by_nobody(self):
        name = "career_uptake_changes"
        for company in (self.company.with_user(self.admin), self.company.sudo()):
            with self.assertRaises(UserError):
                company.write({name: [], "career_min_group": 40})
        made = (
            self.env["res.company"]
            .with_context(**{f"default_{name}": [{"on": "2020-01-01"}]})
            .create({"name": "New", name: [{"on": "2020-01-01"}]})
        )
        self.assertFalse(made[name])
        self.assertEqual(len(self.company[name]), 1)

    def test_system_parameters_change_nothing(self):
        """Nothing but the company is asked."""
        for prefix in ("", "hr_career_focus.", "hr_career_focus_reports."):
            for name in (*AGREED.as_dict(), "career_min_group"):
                self.env["ir.config_parameter"].set_param(f"{prefix}{name}", "1")
        with freeze_time("2026-01-15"):
            release = self.org.publish(2025)
        self.assertEqual(
            {name: release.parameters[name] for name in AGREED.as_dict()},
            AGREED.stricter(25, exact_total=True).as_dict(),
        )

    @mute_logger("odoo.sql_db")
    def test_a_default_has_the_floor_under_it(self):
        self.env["ir.default"].set("res.company", "career_min_group", 5)
        with self.assertRaises(IntegrityError), self.cr.savepoint():
            self.env["res.company"].create({"name": "Lower"})
            self.env.flush_all()
        self.env["ir.default"].set("res.company", "career_min_group", 21)
        self.assertTrue(self.env["res.company"].create({"name": "Higher"}))


@tagged("post_install", "-at_install")
class TestRulesLockCalls(HttpCase):
    """The same from outside, with the login that may do most."""

    def test_refused_over_http(self):
        org = Organisation(self.env, "Omroep De Waal", {"Office": 30})
        company = org.company
        company.write({"career_min_group": 25, "career_exact_total": True})
        new_test_user(
            self.env,
            "omni",
            "base.group_system,hr.group_hr_manager",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.authenticate("omni", "omni")

        def call(method, *arguments):
            return self.make_jsonrpc_request(
                f"/web/dataset/call_kw/res.company/{method}",
                {
                    "model": "res.company",
                    "method": method,
                    "args": [company.ids, *arguments],
                    "kwargs": {"specification": {}} if method == "web_save" else {},
                },
            )

        for values in (LOWER, OFF, {"career_uptake_changes": []}):
            for method in ("write", "web_save"):
                with (
                    self.subTest(values=values, method=method),
                    mute_logger("odoo.http"),
                    self.assertRaisesRegex(JsonRpcException, "UserError"),
                ):
                    call(method, values)
        for name in ("_career_stricter", "_career_uptake_changes"):
            with mute_logger("odoo.http"), self.assertRaises(JsonRpcException):
                call(name, LOWER)
        self.env.invalidate_all()
        self.assertEqual(
            (company.career_min_group, company.career_exact_total), (25, True)
        )
        call("write", {"career_min_group": 26})
        self.env.invalidate_all()
        self.assertEqual(company.career_min_group, 26)
