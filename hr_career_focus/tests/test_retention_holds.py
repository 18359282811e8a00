"""Legal holds: two persons, one login, and nothing is destroyed meanwhile."""

from datetime import date, datetime

from odoo.tests import tagged
from odoo.tools import SQL

from ..casework import approvals, deleting, leavers, purging
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import vault
from .common import NOW, TODAY
from .retention_case import DUE, PurgeCase


@tagged("post_install", "-at_install")
class TestHolds(PurgeCase):
    def test_hold_stops_purge_and_delete(self):
        ref, other = self.ended(), self.ended("colleague")
        hold = self.held()
        with self.assertRaisesRegex(CaseworkError, "A court asked"):
            deleting.delete(self.employee_door().case(ref))
        self.assertIn("A court", self.employee_door().case(ref).view.held)
        self.assertFalse(self.employee_door("colleague").case(other).view.held)
        self.purge(DUE)
        self.assertEqual(self.refs(), {ref})
        later = datetime(2027, 2, 15, 9, 0)
        self.officer(now=later).holds.ask_end(hold, "The case is over.")
        self.purge(date(2027, 2, 15))
        self.assertEqual(self.refs(), {ref})
        self.confirm(later)
        self.officer(now=later).holds.carry_out(hold)
        self.assertFalse(self.officer().holds.views())
        self.purge(date(2027, 3, 1))
        self.assertFalse(self.refs())

    def test_hold_needs_the_second_person(self):
        ref = self.ended()
        self.officer().holds.ask("victim", "Because I say so.")
        [hold] = self.officer().holds.views()
        self.assertFalse(hold.is_confirmed)
        with self.assertRaises(CaseworkError):
            self.officer().holds.carry_out(hold.ref)
        with self.assertRaises(NotYours):
            [question] = approvals.asked(self.env_of("privacy_officer"), NOW)
            approvals.decide(
                self.env_of("privacy_officer"), question.ref, True, now=NOW
            )
        deleting.delete(self.employee_door().case(ref))

    def test_hold_is_in_the_log_its_owner_reads(self):
        ref = self.ended()
        self.held()
        openings = self.employee_door().case(ref).view.openings
        [said] = [one.purpose for one in openings if one.role == "privacy"]
        self.assertIn("Stopped the deletion", said)

    def test_hold_tells_nobody_whether_there_is_a_case(self):
        """The same for who has none: rows, answers, question."""
        self.ended()
        self.held()
        self.officer().holds.ask("colleague", "A court asked to keep it.")
        with_case, without = self.officer().holds.views()
        self.assertEqual({with_case.login, without.login}, {"victim", "colleague"})
        with self.assertRaises(CaseworkError):
            self.officer().holds.ask("nobody.at.all", "A court asked to keep it.")

    def test_hold_outlasts_the_login(self):
        ref = self.ended()
        self.held()
        self.people["victim"].user_id = False
        self.users["victim"].unlink()
        leavers.close(self.env(su=True), TODAY)
        purging.forget_the_gone(self.env(su=True), TODAY)
        self.purge(DUE)
        self.assertEqual(self.refs(), {ref})

    # -- what cannot be opened is held ---------------------------------------------

    def damage(self, table, column="envelope"):
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET %s = overlay(%s PLACING 'x' FROM 40)",
                SQL.identifier(table),
                SQL.identifier(column),
                SQL.identifier(column),
            )
        )
        self.env.invalidate_all()

    def test_a_hold_that_cannot_be_opened_holds(self):
        ref = self.ended()
        self.held()
        self.damage("hr_career_hold", "sealed")
        self.purge(DUE)
        self.assertEqual(self.refs(), {ref})
        with self.assertRaisesRegex(CaseworkError, "legal claim"):
            deleting.delete(self.employee_door().case(ref))
        [damaged] = self.officer().holds.views()
        self.assertTrue(damaged.is_damaged)
        with self.assertRaises(NotYours):
            self.officer().holds.carry_out(damaged.ref)

    def test_a_case_that_cannot_be_opened_is_held(self):
        ref = self.ended()
        self.damage("hr_career_traject")
        self.purge(DUE)
        self.assertEqual(self.refs(), {ref})

    def test_nobody_is_forgotten_while_a_hold_cannot_be_opened(self):
        self.employee_door().remind("somebody@elsewhere.test", 3)
        self.held("colleague")
        self.people["victim"].user_id = False
        self.users["victim"].unlink()
        self.damage("hr_career_hold", "sealed")
        purging.forget_the_gone(self.env(su=True), TODAY)
        with vault(self.env) as inside:
            self.assertTrue(inside["hr.career.reminder"].search([]))
