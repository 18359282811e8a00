"""The purge by rule, its certificates, legal holds, and logins that are gone."""

from datetime import date, datetime

from freezegun import freeze_time

from odoo.tests import tagged
from odoo.tools import SQL

from ..casework import approvals, deleting, erasing, followup, home, leavers, purging
from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import TRAJECT, Dossier, find, vault
from ..casework.retention import RetentionDoor
from ..vault import purged
from .common import NOW, TODAY, CareerCase
from .retention_case import OwnList

#: What ended in June and is kept for six months goes on this day.
DUE = date(2027, 1, 1)
BEFORE = date(2026, 12, 31)


@tagged("post_install", "-at_install")
class TestPurge(OwnList, CareerCase):
    def refs(self):
        with vault(self.env) as inside:
            return set(inside[TRAJECT].search([]).mapped("ref"))

    def ended(self, login="victim"):
        ref = self.make_request(login)
        self.employee_door(login).case(ref).withdraw()
        return ref

    def purge(self, day):
        return purging.purge(self.env(su=True), self.company, day)

    def officer(self, login="privacy_officer", now=NOW):
        return RetentionDoor(self.env_of(login), now=now)

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

    # -- certificates ------------------------------------------------------------

    def test_certificates(self):
        self.purge(BEFORE)
        self.ended()
        self.purge(DUE)
        first, second = reversed(self.officer().certificates())
        self.assertEqual([first.month, second.month], [date(2026, 12, 1), DUE])
        self.assertTrue(first.is_chained and second.is_chained)
        self.assertTrue(first.is_gone and second.is_gone)
        self.assertNotEqual(first.digest, second.digest)

    def test_a_certificate_does_not_tell_how_many(self):
        """Equally long in the database, whether nothing was due or something."""
        self.purge(BEFORE)
        self.ended()
        self.ended("colleague")
        self.purge(DUE)
        with vault(self.env) as inside:
            rows = inside[purging.PURGE].search([], order="place")
            self.assertEqual(len({len(row.sealed) for row in rows}), 1)

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

    # -- legal hold --------------------------------------------------------------

    def held(self, login="victim"):
        """Put a hold in force, as the two persons do; return its reference."""
        self.officer().holds.ask(login, "A court asked to keep it.")
        [hold] = self.officer().holds.views()
        self.confirm()
        self.officer().holds.carry_out(hold.ref)
        return hold.ref

    def confirm(self, now=NOW):
        [question] = approvals.waiting(self.env_of("desk"), now)
        approvals.decide(self.env_of("desk"), question.ref, True, now=now)

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

    # -- logins that are gone ----------------------------------------------------

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

    def test_archived_login_has_a_month(self):
        ref = self.make_request()
        self.users["victim"].active = False
        self.assertEqual(self.close_gone(date(2026, 6, 20)), 0)
        self.assertEqual(self.close_gone(date(2026, 6, 30)), 0)
        self.users["victim"].active = True
        self.assertEqual(self.close_gone(date(2026, 7, 3)), 0)
        self.users["victim"].active = False
        self.assertEqual(self.close_gone(date(2026, 7, 4)), 0)
        self.assertEqual(self.close_gone(date(2026, 8, 1)), 1)
        self.assertEqual(self.state(ref), c.WITHDRAWN)

    def test_with_a_code_the_case_stays(self):
        ref = self.make_aftercare()
        followup.make(self.employee_door().case(ref))
        self.people["victim"].user_id = False
        self.users["victim"].unlink()
        self.assertEqual(self.close_gone(date(2026, 9, 1)), 0)
        self.assertEqual(self.state(ref), c.AFTERCARE)

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
