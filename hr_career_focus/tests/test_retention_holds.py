"""Legal holds: two persons, one login, and nothing is destroyed meanwhile."""

from datetime import date, datetime, timedelta

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

    def test_one_question_to_end_a_hold_at_a_time(self):
        """Nobody writes another reason under a question that is being answered."""
        self.users["officer_two"] = self.make_user(
            "officer_two", "base.group_user,hr_career_focus.group_privacy_officer"
        )
        self.ended()
        hold = self.held()
        first, second = self.officer(), self.officer("officer_two")
        first.holds.ask_end(hold, "The court has decided.")
        for officer in (first, second):
            with self.assertRaisesRegex(CaseworkError, "already asked"):
                officer.holds.ask_end(hold, "I want it gone.")
        [view] = second.holds.views()
        self.assertEqual(view.why_end, "The court has decided.")
        self.assertTrue(view.is_asked)
        # A yes that can still be used keeps it so; a no, or too late, does not.
        self.confirm(NOW)
        with self.assertRaisesRegex(CaseworkError, "already asked"):
            second.holds.ask_end(hold, "I want it gone.")
        late = NOW + timedelta(days=8)
        [view] = self.officer("officer_two", late).holds.views()
        self.assertFalse(view.is_asked)
        self.officer("officer_two", late).holds.ask_end(hold, "Asked too late.")
        [view] = self.officer(now=late).holds.views()
        self.assertEqual((view.why_end, view.state), ("Asked too late.", "to_end"))
        self.confirm(late)
        self.officer("officer_two", late).holds.carry_out(hold)
        self.assertFalse(self.officer(now=late).holds.views())

    def test_a_hold_can_be_ended_after_who_asked_has_gone(self):
        self.users["officer_two"] = self.make_user(
            "officer_two", "base.group_user,hr_career_focus.group_privacy_officer"
        )
        hold = self.held()
        self.officer().holds.ask_end(hold, "The court has decided.")
        group = self.env.ref("hr_career_focus.group_privacy_officer")
        self.users["privacy_officer"].group_ids -= group
        self.officer("officer_two").holds.ask_end(hold, "The court has decided, I saw.")

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
