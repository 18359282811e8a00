"""Logins and employees that are gone: what ends, what is deleted, what stays."""

from datetime import date

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo.tests import tagged

from ..casework import constants as c
from ..casework import deleting, followup, leavers, purging
from ..casework.key_door import KeyDoor
from ..casework.opening import find, vault
from ..casework.reminders import remind
from .common import NOW, TODAY
from .retention_case import DUE, PurgeCase


@tagged("post_install", "-at_install")
class TestLeavers(PurgeCase):
    def close_gone(self, day):
        return leavers.close(self.env(su=True), day)

    def state(self, ref):
        with vault(self.env) as inside:
            return find(inside, ref, []).state

    def test_deleted_login(self):
        ref, other = self.make_active(), self.make_request("colleague")
        self.employee_door().remind("somebody@elsewhere.test", 3)
        self.people["victim"].user_id = False
        self.users["victim"].unlink()
        purging.forget_the_gone(self.env(su=True), TODAY)
        self.assertEqual(self.state(ref), c.WITHDRAWN)
        self.assertEqual(self.state(other), c.REQUESTED)
        with vault(self.env) as inside:
            self.assertFalse(inside["hr.career.reminder"].search([]))
            self.assertEqual(
                inside["hr.career.right.use"]
                .search([])
                .sorted("state")
                .mapped("state"),
                [c.RESERVED, c.USED],
            )
        self.purge(date(2027, 2, 1))
        self.assertEqual(self.refs(), {other})

    def test_archived_login_has_a_whole_month(self):
        """Archived on the last day of June: July is a month, one night is none."""
        ref = self.make_request()
        self.users["victim"].active = False
        self.assertEqual(self.close_gone(date(2026, 6, 20)), 0)
        self.users["victim"].active = True
        self.assertEqual(self.close_gone(date(2026, 6, 25)), 0)
        self.users["victim"].active = False
        self.assertEqual(self.close_gone(date(2026, 6, 30)), 0)
        self.assertEqual(self.close_gone(date(2026, 7, 1)), 0)
        self.assertEqual(self.close_gone(date(2026, 7, 31)), 0)
        self.assertEqual(self.close_gone(date(2026, 8, 1)), 1)
        self.assertEqual(self.state(ref), c.WITHDRAWN)

    def with_code(self, ref):
        followup.make(self.employee_door().case(ref))
        self.people["victim"].user_id = False
        return ref

    def test_a_code_lengthens_the_delay_and_ends(self):
        ref = self.with_code(self.make_active())
        self.users["victim"].active = False
        self.assertEqual(self.close_gone(date(2026, 6, 30)), 0)
        self.assertEqual(self.close_gone(date(2027, 6, 30)), 0)
        self.assertEqual(self.state(ref), c.ACTIVE)
        self.assertEqual(self.close_gone(date(2027, 7, 1)), 1)
        self.assertEqual(self.state(ref), c.WITHDRAWN)

    def test_with_a_code_the_case_of_a_deleted_login_stays_as_long(self):
        ref = self.with_code(self.make_aftercare())
        self.users["victim"].unlink()
        self.assertEqual(self.close_gone(date(2026, 9, 1)), 0)
        self.assertEqual(self.state(ref), c.AFTERCARE)
        self.assertEqual(self.close_gone(date(2027, 9, 30)), 0)
        self.assertEqual(self.close_gone(date(2027, 10, 1)), 1)
        self.assertEqual(self.state(ref), c.CLOSED)

    def test_own_key_stays_under_a_hold(self):
        """What must be kept has to open as well."""
        self.company.career_personal_seal = True
        for login in ("victim", "colleague"):
            KeyDoor(self.env_of(login), now=NOW).make("purple ladder wet sunday")
            self.employee_door(login).remind("somebody@elsewhere.test", 3)
        hold = self.held()
        for login in ("victim", "colleague"):
            self.people[login].user_id = False
            self.users[login].unlink()
        purging.forget_the_gone(self.env(su=True), TODAY)
        self.assertEqual(self.left(), [1, 1])
        with freeze_time("2026-06-15 12:00:00"):
            for hour in range(24):
                remind(self.env(su=True), NOW.replace(hour=hour))
        self.assertEqual(self.left(), [1, 1])
        later = NOW + relativedelta(days=1)
        self.officer(now=later).holds.ask_end(hold, "The case is over.")
        self.confirm(later)
        self.officer(now=later).holds.carry_out(hold)
        purging.forget_the_gone(self.env(su=True), TODAY)
        self.assertEqual(self.left(), [0, 0])

    def left(self):
        """Return how many own keys and reminders there are."""
        with vault(self.env) as inside:
            return [
                inside[model].search_count([])
                for model in ("hr.career.key", "hr.career.reminder")
            ]

    # -- the line of the ledger ----------------------------------------------------

    def uses(self):
        with vault(self.env) as inside:
            return inside["hr.career.right.use"].search_count([])

    def deleted(self, interval=None):
        """Use a right and delete the case: the ledger keeps the fact alone."""
        if interval:
            self.rule.interval_kind = interval
        deleting.delete(self.employee_door().case(self.make_aftercare()))
        self.assertEqual(self.uses(), 1)

    def test_ledger_of_who_moved_to_a_sister_company_stays(self):
        sister = self.make_other_company("Dune Works")
        self.deleted()
        self.people["victim"].user_id = False
        self.people["victim"].company_id = sister
        self.purge(DUE)
        self.assertEqual(self.uses(), 1)
        self.people["victim"].unlink()
        self.purge(date(2027, 2, 1))
        self.assertEqual(self.uses(), 0)

    def test_ledger_of_a_right_given_once_ends_with_a_departure(self):
        self.deleted("once")
        self.purge(date(2036, 7, 1))
        self.assertEqual(self.uses(), 1)
        self.people["victim"].version_id.departure_date = date(2036, 8, 31)
        self.purge(date(2037, 2, 28))
        self.assertEqual(self.uses(), 1)
        self.purge(date(2037, 3, 1))
        self.assertEqual(self.uses(), 0)

    def test_deleted_employee(self):
        """The login stays, so the case stays; the ledger's line goes."""
        ref = self.ended()
        with vault(self.env) as inside:
            inside["hr.career.right.use"].search([]).write({"state": c.USED})
        self.people["victim"].unlink()
        self.assertEqual(self.close_gone(TODAY), 0)
        self.assertEqual(self.refs(), {ref})
        self.purge(DUE)
        self.assertFalse(self.refs())
        with vault(self.env) as inside:
            self.assertFalse(inside["hr.career.right.use"].search([]))

    def test_ledger_of_who_works_here_stays(self):
        ref = self.make_aftercare()
        deleting.delete(self.employee_door().case(ref))
        self.purge(date(2036, 5, 1))
        with vault(self.env) as inside:
            self.assertTrue(inside["hr.career.right.use"].search([]))
        self.purge(date(2036, 7, 1))
        with vault(self.env) as inside:
            self.assertFalse(inside["hr.career.right.use"].search([]))
