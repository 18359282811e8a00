"""What an agreement asks around a right: who names the coach, who is consulted, who
pays, and what becomes of it when somebody leaves."""

from datetime import date, datetime

from odoo.fields import Command
from odoo.tests import tagged

from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.upkeep import end_with_employment
from ..engine import values as v
from .common import NOW, TODAY
from .rights_case import RightsCase

LAST_DAY = date(2026, 6, 30)
AFTER = datetime(2026, 7, 1, 9, 0)
ON_THE_DAY = datetime(2026, 6, 30, 9, 0)


@tagged("post_install", "-at_install")
class TestCoachAndSay(RightsCase):
    def test_the_employer_designates_the_coach(self):
        """The desk proposes; a coach named in a forged request is refused."""
        coach = self.coaches["coach"].id
        self.set_right(coach_choice="employer")
        able = self.employee_door().reservable()[self.rule.id]
        self.assertFalse(able.names_coach)
        with self.assertRaisesRegex(CaseworkError, "the desk proposes"):
            self.make_request(coach_id=coach)
        self.assertIsNone(self.employee_door().running_ref())
        self.assertEqual(self.ledger(), [])
        other = self.coaches["other_coach"].id
        ref = self.make_request(excluded_coach_ids=[other])
        case = self.desk_door().case(ref)
        with self.assertRaises(CaseworkError):
            case.assign(other)
        case.assign(coach)
        self.coach_door().case(ref).accept()

    def test_the_employee_names_the_coach(self):
        """Positive control: with the other two the wish stands."""
        for choice in ("employee", "list"):
            with self.subTest(choice):
                self.set_right(coach_choice=choice)
                self.assertTrue(
                    self.employee_door().reservable()[self.rule.id].names_coach
                )
                ref = self.make_request(coach_id=self.coaches["coach"].id)
                view = self.desk_door().case(ref).view
                self.assertEqual(view.preferred_coach, "Coach Name")
                self.employee_door().case(ref).withdraw()

    def test_a_named_coach_for_the_offer(self):
        """The offer of the employer has no such rule: naming one works."""
        self.set_right(coach_choice="employer")
        coach = self.coaches["coach"].id
        self.assertTrue(self.make_request(kind=c.CAREER_FOCUS, coach_id=coach))

    def test_consultation_by_the_desk(self):
        """First the desk records it, then it can ask a coach; the employee reads it."""
        coach = self.coaches["coach"].id
        self.set_right(consultation="consult")
        ref = self.make_request()
        case = self.desk_door().case(ref)
        self.assertEqual(case.view.actions, {c.CONSULT})
        self.assertIn("Consult", self.desk_door().inbox()[0].waiting_for)
        with self.assertRaises(CaseworkError):
            case.assign(coach)
        for empty in ("", "   "):
            with self.assertRaises(CaseworkError):
                case.consult(empty)
        self.assertEqual(self.desk_door().case(ref).view.actions, {c.CONSULT})
        self.env.flush_all()
        known = self.env["mail.mail"].sudo().search([])
        case.consult("Article 4.9: no reason against it.")
        self.assertEqual(case.view.actions, {c.ASSIGN})
        with self.assertRaises(CaseworkError):
            case.consult("Again")
        # Nobody got a mail: the employee asked for none, and nobody else is told.
        self.assertEqual(self.env["mail.mail"].sudo().search([]), known)
        (entry,) = self.employee_door().case(ref).view.decisions
        self.assertEqual(entry.fields["reason"], "Article 4.9: no reason against it.")
        self.assertTrue(entry.fields["consulted"])
        case.assign(coach)
        self.coach_door().case(ref).accept()
        self.assertNotIn("4.9", repr(self.coach_door().case(ref).view))

    def test_consultation_outlives_a_change_of_coach(self):
        self.set_right(consultation="consult")
        ref = self.make_request()
        self.desk_door().case(ref).consult("Done")
        self.desk_door().case(ref).assign(self.coaches["coach"].id)
        self.coach_door().case(ref).accept()
        self.employee_door().case(ref).swap()
        self.assertEqual(self.desk_door().case(ref).view.actions, {c.ASSIGN})

    def test_consultation_when_the_desk_opens_the_right(self):
        self.set_right(consultation="consult")
        self.unverify()
        ref = self.make_request()
        case = self.desk_door().case(ref)
        case.decide_open("Checked by hand")
        self.assertEqual(case.view.actions, {c.CONSULT})

    def test_informing_the_employer_tells_nobody(self):
        """A line for the desk; no step, and no mail but those of any request."""
        mails = {}
        for say in ("none", "inform"):
            self.set_right(consultation=say)
            known = self.env["mail.mail"].sudo().search([])
            ref = self.make_request()
            new = self.env["mail.mail"].sudo().search([]) - known
            mails[say] = sorted(new.mapped("email_to"))
            view = self.desk_door().case(ref).view
            self.assertEqual(view.actions, {c.ASSIGN})
            self.assertEqual(view.informed, say == "inform")
            self.assertFalse(self.employee_door().case(ref).view.informed)
            self.employee_door().case(ref).withdraw()
        self.assertEqual(mails["none"], mails["inform"])
        self.assertTrue(mails["none"])

    def test_an_own_claim_is_not_asked_for_here(self):
        self.set_right(payer="own_claim")
        (right,) = self.employee_door().rights()
        self.assertEqual((right.status, right.can_request), (v.AVAILABLE, False))
        self.assertEqual(self.employee_door().reservable(), {})
        with self.assertRaisesRegex(CaseworkError, "claim this right yourself"):
            self.make_request()
        self.assertIsNone(self.employee_door().running_ref())
        for payer in ("employer", "fund"):
            self.set_right(payer=payer)
            self.employee_door().case(self.make_request()).withdraw()

    # -- what the desk decides -------------------------------------------------------

    def unverify(self):
        """Take the check of the agreement away: nobody knows what it gives."""
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_career_agreement_version SET is_verified = false,"
            " verified_on = NULL"
        )
        self.env.invalidate_all()

    def test_the_desk_says_how_much(self):
        self.set_right()
        self.unverify()
        self.assertEqual(self.right().status, v.UNKNOWN)
        ref = self.make_request()
        case = self.desk_door().case(ref)
        self.assertEqual(case.view.deciding.usual, "1000")
        for wrong in ("1000.01", "0", "many"):
            with self.subTest(wrong), self.assertRaises(CaseworkError):
                case.decide_open("Checked", wrong)
        self.assertEqual(self.ledger(), [])
        case.decide_open("Checked", "400")
        use = self.use_of(ref)
        self.assertEqual((use.quantity, use.granted), (400, 1000))

    def test_facts_that_arrive_meanwhile_decide(self):
        """Complete facts: the desk cannot open more, nor decline what is open."""
        self.set_right()
        version = self.people["victim"].version_id
        version.contract_date_start = False
        ref = self.make_request()
        case = self.desk_door().case(ref)
        self.assertEqual(case.view.actions, {c.ACCEPT, c.DECLINE})
        version.contract_date_start = date(2015, 3, 1)
        with self.assertRaisesRegex(CaseworkError, "Nobody can"):
            case.decline("No budget")
        case.decide_open("The date is there now")
        self.assertEqual(self.use_of(ref).quantity, 1000)

    def test_facts_that_refuse_meanwhile(self):
        self.set_right(min_service_months=12)
        version = self.people["victim"].version_id
        version.contract_date_start = False
        ref = self.make_request()
        version.write(
            {"date_version": TODAY, "contract_date_start": TODAY},
        )
        case = self.desk_door().case(ref)
        with self.assertRaisesRegex(CaseworkError, "not open"):
            case.decide_open("Let us be generous")
        self.assertEqual(self.ledger(), [])
        case.decline("Article 10.1: twelve months of service", "2027-06-15")
        self.assertEqual(self.traject(ref, "state"), c.DECLINED)


@tagged("post_install", "-at_install")
class TestDeletedDraft(RightsCase):
    def test_the_desk_opened_what_hr_deletes(self):
        """The pages of the case go on, to its end."""
        draft = self.env["hr.career.agreement"].create(
            {
                "name": "CAO Draft",
                "version_ids": [
                    Command.create(
                        {
                            "rule_ids": [
                                Command.create({"name": "Draft", "quantity": 500})
                            ]
                        }
                    )
                ],
            }
        )
        self.people["victim"].version_id.career_agreement_id = draft
        ref = self.make_request(rule_id=draft.version_ids.rule_ids.id)
        case = self.desk_door().case(ref)
        case.decide_open("The text says so", "500")
        self.assertIn("Draft (CAO Draft)", case.view.right)
        draft.version_ids.with_user(self.users["hr_manager"]).unlink()
        self.env.flush_all()
        self.assertIn("deleted", case.view.right)
        case.assign(self.coaches["coach"].id)
        coach = self.coach_door().case(ref)
        coach.accept()
        version = coach.propose_agreement({"goal": "Find out"})
        coach.sign(version)
        own = self.employee_door().case(ref)
        own.sign(version)
        session = coach.propose_session({"on": NOW.strftime("%Y-%m-%dT%H:%M")})
        coach.mark_session(session, "held", "1.5")
        own.close([], "")
        self.assertEqual(own.view.state, c.AFTERCARE)
        self.assertTrue(coach.view)


@tagged("post_install", "-at_install")
class TestLeaving(RightsCase):
    def leave(self, login="victim", day=LAST_DAY):
        self.people[login].version_id.write(
            {"contract_date_end": day, "departure_date": day}
        )

    def test_assign_until_the_last_day(self):
        coach = self.coaches["coach"].id
        self.set_right()
        ref = self.make_request()
        self.leave()
        case = self.desk_door(now=AFTER).case(ref)
        self.assertEqual(case.view.actions, frozenset())
        self.assertIn("June 2026", case.view.stopped)
        self.assertIn("June 2026", self.employee_door(now=AFTER).case(ref).view.stopped)
        with self.assertRaisesRegex(CaseworkError, "cannot go on"):
            case.assign(coach)
        # Positive control: on the last day itself.
        case = self.desk_door(now=ON_THE_DAY).case(ref)
        self.assertEqual((case.view.stopped, case.view.actions), ("", {c.ASSIGN}))
        case.assign(coach)
        with self.assertRaises(CaseworkError) as caught:
            self.coach_door(now=AFTER).case(ref).accept()
        self.assertNotIn("2026", str(caught.exception))
        self.coach_door(now=ON_THE_DAY).case(ref).accept()

    def test_agree_until_the_last_day(self):
        self.set_right()
        ref = self.make_intake()
        self.leave()
        late = self.coach_door(now=AFTER).case(ref)
        with self.assertRaises(CaseworkError):
            late.propose_agreement({"goal": "A goal"})
        self.assertNotIn(c.PROPOSE_AGREEMENT, late.view.actions)
        self.assertNotIn("2026", late.view.stopped)
        work = self.coach_door(now=ON_THE_DAY).case(ref)
        version = work.propose_agreement({"goal": "A goal"})
        with self.assertRaises(CaseworkError):
            late.sign(version)
        work.sign(version)
        with self.assertRaisesRegex(CaseworkError, "cannot go on"):
            self.employee_door(now=AFTER).case(ref).sign(version)
        self.employee_door(now=ON_THE_DAY).case(ref).sign(version)
        self.assertEqual(self.traject(ref, "state"), c.AGREED)

    def test_sessions_until_the_last_day(self):
        """The day of the session counts, not the day on which it is written down."""
        self.set_right()
        ref = self.make_active()
        self.leave()
        late = self.coach_door(now=AFTER.replace(day=3)).case(ref)
        with self.assertRaises(CaseworkError):
            late.propose_session({"on": "2026-07-02T10:00"})
        session = late.propose_session({"on": "2026-06-30T10:00"})
        late.mark_session(session, "held", "1")

    def test_everything_else_goes_on(self):
        """Reading, writing and closing stay the employee's own."""
        self.set_right()
        ref = self.make_active()
        self.leave()
        own = self.employee_door(now=AFTER).case(ref)
        own.write(c.NOTE, c.SELF, {"text": "Mine"})
        self.assertTrue(own.view.notes)
        own.close([])
        self.assertEqual(own.view.stopped, "")
        self.desk_door(now=AFTER).case(ref).settle("300")

    def test_what_runs_may_finish(self):
        self.set_right(exit_policy="running_finishes")
        ref = self.make_request()
        self.leave()
        case = self.desk_door(now=AFTER).case(ref)
        self.assertEqual(case.view.stopped, "")
        case.assign(self.coaches["coach"].id)
        self.coach_door(now=AFTER).case(ref).accept()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 0)

    def test_the_offer_rests_on_no_right(self):
        self.set_right()
        ref = self.make_request(kind=c.CAREER_FOCUS)
        self.leave()
        self.assertEqual(self.desk_door(now=AFTER).case(ref).view.stopped, "")

    # -- the nightly upkeep ----------------------------------------------------------

    def test_reserved_returns_the_day_after(self):
        self.set_right()
        ref = self.make_intake()
        mails = self.env["mail.mail"].sudo().search([])
        self.leave()
        self.assertEqual(end_with_employment(self.env, LAST_DAY), 0)
        self.assertEqual(self.traject(ref, "state"), c.INTAKE)
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 1)
        self.assertEqual(self.traject(ref, "state"), c.DECLINED)
        self.assertTrue(self.use_of(ref).returned)
        self.assertEqual(self.env["mail.mail"].sudo().search([]), mails)
        own = self.employee_door(now=AFTER).case(ref).view
        self.assertIn("June 2026", own.decisions[-1].fields["reason"])
        with self.assertRaises(NotYours):
            self.coach_door(now=AFTER).case(ref)
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 0)

    def test_the_job_writes_in_the_language_of_the_reader(self):
        self.set_right()
        ref = self.make_request()
        self.env["res.lang"]._activate_lang("nl_NL")
        self.users["victim"].lang = "nl_NL"
        self.leave()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 1)
        own = self.employee_door(now=AFTER).case(ref).view
        self.assertIn("juni 2026", own.decisions[-1].fields["reason"])

    def test_of_a_text_that_was_archived(self):
        """What began under a text goes on under it, and ends as it says."""
        before = self.company.career_agreement_id
        right = self.set_right(exit_policy="running_finishes")
        ref, begun = self.make_request(), self.make_active("colleague")
        self.company.career_agreement_id = before
        right.version_id.with_user(self.users["hr_manager"]).action_archive()
        for login, one in (("victim", ref), ("colleague", begun)):
            self.assertEqual(self.desk_door().case(one).view.stopped, "")
            self.assertEqual(self.employee_door(login).case(one).view.stopped, "")
        self.assertEqual(end_with_employment(self.env, TODAY), 0)
        self.assertTrue(self.coach_door().case(begun).view)
        right.with_context(active_test=False).exit_policy = "until_last_day"
        self.leave()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 1)

    def test_a_damaged_case_keeps_nobody_else_waiting(self):
        self.set_right()
        ref, damaged = self.make_request(), self.make_request("colleague")
        self.leave()
        self.leave("colleague")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE hr_career_traject SET identity = 'x' WHERE ref = %s", [damaged]
        )
        self.env.invalidate_all()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 1)
        self.assertEqual(self.traject(ref, "state"), c.DECLINED)
        self.assertEqual(self.traject(damaged, "state"), c.REQUESTED)

    def test_begun_does_not_return(self):
        self.set_right()
        ref = self.make_active()
        self.leave()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 0)
        self.assertEqual(self.traject(ref, "state"), c.ACTIVE)
        self.assertFalse(self.use_of(ref).returned)

    def test_others_keep_theirs(self):
        self.set_right()
        self.make_request()
        other = self.make_request("colleague")
        self.leave()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 1)
        self.assertEqual(self.traject(other, "state"), c.REQUESTED)

    def test_an_unknown_start_ends_nothing(self):
        """Facts that are gone are no leaving."""
        self.set_right()
        ref = self.make_request()
        self.people["victim"].version_id.contract_date_start = False
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 0)
        self.assertEqual(self.desk_door(now=AFTER).case(ref).view.stopped, "")

    def test_queries_do_not_grow(self):
        """One person who left or four: reading who did costs the same."""
        self.set_right()
        counts = []
        for number in (1, 3):
            for nr in range(number):
                login = f"leaver{number}{nr}"
                self.users[login] = self.make_user(login, "base.group_portal")
                self.people[login] = self.make_employee(
                    f"Leaver {number} {nr}", self.users[login]
                )
                self.make_request(login)
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            self.assertEqual(end_with_employment(self.env, TODAY), 0)
            counts.append(self.env.cr.sql_log_count - start)
        self.assertLessEqual(counts[1], counts[0])

    def test_traces(self):
        """The job changes the vault and nothing else."""
        self.set_right()
        self.make_request()
        self.leave()
        self.env.flush_all()
        self.env.cr.precommit.run()  # Odoo's own note about the departure
        before = self.outside()
        self.assertEqual(end_with_employment(self.env, AFTER.date()), 1)
        self.env.flush_all()
        self.env.cr.precommit.run()
        after = self.outside()
        for table, rows in before.items():
            self.assertEqual(set(after[table]) ^ set(rows), set(), table)

    def outside(self):
        """Return every row of the tables about people, mail and jobs."""
        found = {}
        for table in (
            "hr_employee",
            "hr_version",
            "res_users",
            "res_partner",
            "mail_mail",
            "mail_message",
            "mail_activity",
            "ir_attachment",
        ):
            self.env.cr.execute(f"SELECT t::text FROM {table} t")
            found[table] = sorted(row[0] for row in self.env.cr.fetchall())
        return found

    def test_now_is_the_employees_day(self):
        self.assertEqual(self.employee_door(now=NOW).today, TODAY)
