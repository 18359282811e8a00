"""A case from request to aftercare, and everything that must not happen on the way."""

from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import tagged

from ..casework import constants as c
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import Dossier, find, vault
from ..casework.upkeep import end_aftercare
from ..casework.uptake import first_starts
from ..engine.values import AVAILABLE, USED_UP
from .common import NOW, TODAY, CareerCase


@tagged("post_install", "-at_install")
class TestFlow(CareerCase):
    def state(self, ref):
        with vault(self.env) as inside:
            return find(inside, ref, []).state

    def use(self, ref):
        with vault(self.env) as inside:
            row = inside["hr.career.right.use"].search([("traject_id.ref", "=", ref)])
            return row.state if row else None

    def test_whole_story(self):
        """Request, match, accept, agree, work, close, aftercare, closed."""
        door = self.employee_door()
        (right,) = door.rights()
        self.assertEqual(right.status, AVAILABLE)
        self.assertTrue(right.can_request)
        ref = self.make_request(coach_id=self.coaches["coach"].id, alias="Vee")
        self.assertEqual((self.state(ref), self.use(ref)), (c.REQUESTED, c.RESERVED))
        self.assertEqual(door.running_ref(), ref)

        (line,) = self.desk_door().inbox()
        self.assertEqual((line.who, line.needs_action), ("", True))
        case = self.desk_door().case(ref)
        self.assertEqual(case.view.who, "Victim Person")
        self.assertEqual(case.view.preferred_coach, "Coach Name")
        case.assign(self.coaches["coach"].id)

        (line,) = self.coach_door().cases()
        self.assertEqual(line.who, "Vee")
        work = self.coach_door().case(ref)
        work.accept()
        self.assertEqual(self.state(ref), c.INTAKE)
        version = work.propose_agreement({"goal": "A goal"})
        work.sign(version)
        self.assertEqual(self.state(ref), c.INTAKE)
        own = door.case(ref)
        own.sign(version)
        self.assertEqual(self.state(ref), c.AGREED)
        self.assertEqual(work.view.who, "Victim Person")

        session = work.propose_session({"on": "2026-06-15T08:00"})
        own.answer_session(session, "confirmed")
        work.mark_session(session, "held", "1,5")
        self.assertEqual((self.state(ref), self.use(ref)), (c.ACTIVE, c.USED))
        own.write(c.NOTE, c.SELF, {"text": self.canary})
        own.write(c.MESSAGE, c.COACH, {"text": "Dear coach"})
        own.close(["study"], "I start in September")
        self.assertEqual(self.state(ref), c.AFTERCARE)
        self.assertEqual(own.view.outcome.fields["outcomes"], ["study"])
        self.assertEqual(own.view.sessions[0].fields["hours"], "1.5")
        work.end_aftercare()
        self.assertEqual(self.state(ref), c.CLOSED)
        with self.assertRaises(NotYours):
            self.coach_door().case(ref)
        (right,) = self.employee_door().rights()
        self.assertEqual(right.status, USED_UP)
        self.assertEqual(right.next_date.isoformat(), "2031-06-01")

    def test_rights_leave_no_trace(self):
        """Looking at rights and coaches writes nothing at all."""
        self.env.flush_all()
        self.env.cr.execute("SAVEPOINT looking; SET TRANSACTION READ ONLY")
        door = self.employee_door()
        self.assertEqual(len(door.rights()), 1)
        self.assertEqual(len(door.coaches()), 2)
        self.assertIsNone(door.running_ref())
        self.assertEqual(door.past(), [])
        self.env.flush_all()
        self.env.cr.execute("ROLLBACK TO SAVEPOINT looking")

    def test_who_runs_the_desk(self):
        """Employees see who, by whose decision and until when; ended ones are gone."""
        (holder,) = self.employee_door().desk_holders()
        self.assertIn("desk", holder.name)
        self.assertEqual(holder.appointed_by, "The board, 12 May 2019")
        later = NOW.replace(year=2036)
        self.assertEqual(self.employee_door(now=later).desk_holders(), [])

    def test_only_web_addresses_become_links(self):
        """What HR writes as a source never runs in an employee's page."""
        for text, link in (
            ("https://example.org/cao", "https://example.org/cao"),
            ("javascript:alert(document.cookie)", ""),
            ("The printed text", ""),
        ):
            self.version.source_url = text
            self.assertEqual(self.employee_door().rights()[0].source_url, link)

    def test_wrong_address_is_refused(self):
        """Nothing is sent, and the next try with a right one works."""
        for address in ("", "nobody", "a@@b.test", "a@b.test, c@d.test"):
            with self.subTest(address), self.assertRaises(CaseworkError):
                self.make_request(channel=c.CHANNEL_MAIL, address=address)
        self.assertIsNone(self.employee_door().running_ref())
        self.assertTrue(self.make_request(channel=c.CHANNEL_MAIL, address="a@b.test"))

    def test_second_request_refused(self):
        """A double click, or a second tab, sends nothing twice."""
        ref = self.make_request()
        with self.assertRaisesRegex(CaseworkError, "already"):
            self.make_request(kind=c.CAREER_FOCUS)
        with self.assertRaises(CaseworkError):
            self.make_request()
        self.assertEqual(self.employee_door().running_ref(), ref)

    def test_right_only_when_open(self):
        """Used: refused with the date, month 59; again at month 60."""
        ref = self.make_active()
        self.employee_door().case(ref).close([])
        with self.assertRaisesRegex(CaseworkError, "2031"):
            self.make_request(now=NOW.replace(year=2031, month=5, day=31))
        again = self.make_request(now=NOW.replace(year=2031, month=6, day=1))
        self.assertNotEqual(again, ref)

    def test_career_focus_uses_no_right(self):
        ref = self.make_active(kind=c.CAREER_FOCUS)
        self.assertIsNone(self.use(ref))
        (right,) = self.employee_door().rights()
        self.assertEqual(right.status, AVAILABLE)

    def test_withdraw_gives_back_before_the_first_session(self):
        ref = self.make_agreed()
        self.employee_door().case(ref).withdraw()
        self.assertEqual((self.state(ref), self.use(ref)), (c.WITHDRAWN, c.RETURNED))
        self.assertTrue(self.make_request())

    def test_withdraw_after_the_first_session_keeps_the_use(self):
        ref = self.make_active()
        self.employee_door().case(ref).withdraw()
        self.assertEqual((self.state(ref), self.use(ref)), (c.WITHDRAWN, c.USED))

    def test_undecidable_goes_to_the_desk(self):
        """Unknown facts are never guessed: the desk decides with a reason."""
        self.company.career_agreement_id.version_id.verified_on = False
        ref = self.make_request()
        self.assertIsNone(self.use(ref))
        case = self.desk_door().case(ref)
        with self.assertRaises(CaseworkError):
            case.assign(self.coaches["coach"].id)
        with self.assertRaises(CaseworkError):
            case.decide_open("")
        case.decide_open("The text was checked on paper.")
        self.assertEqual(self.use(ref), c.RESERVED)
        own = self.employee_door().case(ref).view
        self.assertEqual(
            own.decisions[-1].fields["reason"], "The text was checked on paper."
        )
        case.assign(self.coaches["coach"].id)

    def test_decline_needs_a_reason(self):
        self.company.career_agreement_id.version_id.verified_on = False
        ref = self.make_request()
        case = self.desk_door().case(ref)
        for reason, day in (("", None), ("Because", "not a date")):
            with self.assertRaises(CaseworkError):
                case.decline(reason, day)
        self.assertEqual(self.state(ref), c.REQUESTED)
        case.decline("Not yet", "2027-01-01")
        self.assertEqual(self.state(ref), c.DECLINED)
        with self.assertRaises(NotYours):
            self.desk_door().case(ref)

    def test_a_clear_right_cannot_be_declined(self):
        """No step of anyone stands before a right that the facts give."""
        case = self.desk_door().case(self.make_request())
        with self.assertRaises(CaseworkError):
            case.decline("We have no money", None)

    def test_conflicts_of_interest(self):
        """The own manager cannot be assigned, not even as a registered coach."""
        boss = self.users["manager"]
        boss.group_ids += self.env.ref("hr_career_focus.group_coach")
        conflicted = self.coaches["other_coach"].copy(
            {"user_id": boss.id, "name": "Boss", "is_external": False}
        )
        self.assertNotIn(
            conflicted.id, [card.coach_id for card in self.employee_door().coaches()]
        )
        with self.assertRaises(CaseworkError):
            self.make_request(coach_id=conflicted.id)
        ref = self.make_request()
        case = self.desk_door().case(ref)
        cards = {card.coach_id: card for card in case.view.candidates}
        self.assertTrue(cards[conflicted.id].conflicts)
        with self.assertRaisesRegex(CaseworkError, "conflict"):
            case.assign(conflicted.id)
        case.assign(self.coaches["other_coach"].id)

    def test_swap_once_without_a_reason(self):
        ref = self.make_active()
        own = self.employee_door().case(ref)
        own.swap()
        self.assertEqual(self.state(ref), c.REQUESTED)
        with self.assertRaises(NotYours):
            self.coach_door().case(ref)
        desk = self.desk_door().case(ref)
        self.assertNotIn(
            self.coaches["coach"].id, [one.coach_id for one in desk.view.candidates]
        )
        desk.assign(self.coaches["other_coach"].id)
        self.coach_door("other_coach").case(ref).accept()
        self.assertEqual(self.use(ref), c.USED)
        with self.assertRaises(CaseworkError):
            own.swap()

    def test_the_next_coach_starts_from_the_question(self):
        """What was shared with one coach is not handed to the next, who may refuse."""
        ref = self.make_active(question="Where do I stand?")
        own, work = self.employee_door().case(ref), self.coach_door().case(ref)
        signed_before = own.view.agreement.ref
        work.write(c.MESSAGE, c.COACH, {"text": "Between us"})
        own.write(c.PLAN, c.COACH, {"ambitions": "Between us"})
        coming = work.propose_session({"on": "2026-06-20T10:00", "note": "Between us"})
        own.swap()
        self.desk_door().case(ref).assign(self.coaches["other_coach"].id)
        offered = self.coach_door("other_coach").case(ref)
        self.assertNotIn("Between us", repr(offered.view))
        self.assertIn("Where do I stand?", repr(offered.view))
        offered.accept()
        view = offered.view
        self.assertNotIn("Between us", repr(view))
        self.assertEqual((view.agreement, view.sessions), (None, ()))
        kept = own.view
        self.assertEqual(kept.plan.fields["ambitions"], "Between us")
        self.assertIn("Between us", repr(kept.messages))
        self.assertIsNone(kept.agreement)
        self.assertEqual(
            {one.fields["status"] for one in kept.sessions}, {"held", "cancelled"}
        )
        with self.assertRaises(NotYours):
            own.answer_session(coming, "confirmed")
        with self.assertRaises(CaseworkError):
            own.sign(signed_before)

    def test_a_newer_agreement_is_not_signed_unread(self):
        """The coach proposes anew while the employee still reads the first one."""
        ref = self.make_intake()
        own, work = self.employee_door().case(ref), self.coach_door().case(ref)
        read = work.propose_agreement({"goal": "What we said"})
        newer = work.propose_agreement({"goal": "Something else"})
        work.sign(newer)
        for version in (read, "", None, "0" * 32):
            with (
                self.subTest(version),
                self.assertRaisesRegex(CaseworkError, "changed"),
            ):
                own.sign(version)
        self.assertEqual(self.state(ref), c.INTAKE)
        own.sign(newer)
        self.assertEqual(self.state(ref), c.AGREED)

    def test_name_and_address_come_with_both_signatures(self):
        ref = self.make_intake(channel=c.CHANNEL_MAIL, address="v.person@home.test")
        case = self.coach_door().case(ref)
        self.assertNotIn("Person", repr(case.view))
        self.assertNotIn("v.person", repr(case.view))
        version = case.propose_agreement({"goal": "A goal"})
        case.sign(version)
        self.employee_door().case(ref).sign(version)
        self.assertEqual(
            (case.view.who, case.view.contact), ("Victim Person", "v.person@home.test")
        )

    def test_after_a_swap_the_work_goes_on(self):
        """Month of the start stays; the right is not used twice."""
        ref = self.make_active()
        own = self.employee_door().case(ref)
        own.swap()
        self.desk_door().case(ref).assign(self.coaches["other_coach"].id)
        later = NOW + timedelta(days=40)
        work = self.coach_door("other_coach", later).case(ref)
        work.accept()
        version = work.propose_agreement({"goal": "Again"})
        work.sign(version)
        own.sign(version)
        session = work.propose_session({"on": later.strftime("%Y-%m-%dT%H:%M")})
        work.mark_session(session, "held")
        with vault(self.env) as inside:
            self.assertEqual(find(inside, ref, []).month_started, TODAY.replace(day=1))

    def test_refusing_coach_loses_sight(self):
        ref = self.make_request()
        self.desk_door().case(ref).assign(self.coaches["coach"].id)
        work = self.coach_door().case(ref)
        work.refuse()
        with self.assertRaises(NotYours):
            work.view
        self.assertTrue(self.desk_door().case(ref).view.candidates)

    def test_phases_in_any_order(self):
        """All sixteen orders of two, re-entered, several at once."""
        ref = self.make_active()
        own = self.employee_door().case(ref)
        codes = [code for code, _label in c.PHASES]
        for first in codes:
            for second in codes:
                own.set_phase(first, True)
                own.set_phase(second, True)
                own.set_phase(first, False)
                own.set_phase(second, False)
        own.set_phase("approach", True)
        own.set_phase("self", True)
        phases = {phase.code: phase for phase in own.view.phases}
        self.assertTrue(phases["approach"].is_active and phases["self"].is_active)
        self.assertGreaterEqual(phases["approach"].times_entered, 5)
        self.assertFalse(phases["vision"].is_active)
        with self.assertRaises(NotYours):
            own.set_phase("nonsense", True)

    def test_sessions_have_sane_dates(self):
        ref = self.make_agreed()
        work = self.coach_door().case(ref)
        for wrong in ("", "tomorrow", "2030-01-01T10:00", "1999-01-01T10:00"):
            with self.assertRaises(CaseworkError):
                work.propose_session({"on": wrong})
        coming = work.propose_session({"on": "2026-07-01T10:00"})
        with self.assertRaisesRegex(CaseworkError, "come"):
            work.mark_session(coming, "held")
        for hours in ("-1", "ten", "999"):
            past = work.propose_session({"on": "2026-06-14T10:00"})
            with self.assertRaises(CaseworkError):
                work.mark_session(past, "held", hours)
        self.assertEqual(self.state(ref), c.AGREED)

    def test_remove_and_restore(self):
        ref = self.make_request()
        own = self.employee_door().case(ref)
        note = own.write(c.NOTE, c.SELF, {"title": "T", "text": "Text"})
        own.edit(note, {"title": "T", "text": "Better"})
        self.assertEqual(own.view.notes[0].fields["text"], "Better")
        own.remove(note)
        self.assertEqual(own.view.notes, ())
        own.restore(note)
        self.assertEqual(own.view.notes[0].fields["text"], "Better")
        own.remove(note)
        tomorrow = self.employee_door(now=NOW + timedelta(days=1)).case(ref)
        tomorrow.write(c.NOTE, c.SELF, {"text": "Another"})
        with self.assertRaises(NotYours):
            tomorrow.restore(note)

    def test_bad_texts_change_nothing(self):
        ref = self.make_request()
        own = self.employee_door().case(ref)
        for values in ({}, {"text": "  "}, {"text": "x" * 20_001}):
            with self.assertRaises(CaseworkError):
                own.write(c.NOTE, c.SELF, values)
        self.assertEqual(own.view.notes, ())
        with self.assertRaises(NotYours):
            own.write(c.NOTE, c.COACH, {"text": "Not for the coach"})

    def test_aftercare_ends_by_itself(self):
        ref = self.make_aftercare()
        self.assertEqual(end_aftercare(self.env, TODAY), 0)
        self.assertEqual(end_aftercare(self.env, TODAY.replace(year=2027)), 1)
        self.assertEqual(self.state(ref), c.CLOSED)

    def test_uptake_source(self):
        """Participants by month of their first start; nobody but the job reads it."""
        self.make_active()
        self.make_request("colleague")
        found = first_starts(self.env(su=True), self.company, 2026)
        self.assertEqual(found, {self.people["victim"].id: TODAY.replace(day=1)})
        self.assertEqual(first_starts(self.env(su=True), self.company, 2025), {})
        with self.assertRaises(UserError):
            first_starts(self.env_of("hr_manager"), self.company, 2026)

    def test_closed_company(self):
        self.company.career_live = False
        with self.assertRaises(CaseworkError):
            self.make_request()

    def test_bound_to_the_login_that_asked(self):
        """Relinking the employee opens nothing to the new login and loses nothing."""
        ref = self.make_request()
        self.people["colleague"].user_id = False
        self.env.flush_all()
        self.people["victim"].user_id = self.users["colleague"]
        with self.assertRaises(NotYours):
            self.employee_door("colleague").case(ref)
        self.assertIsNone(self.employee_door("colleague").running_ref())
        self.assertEqual(self.employee_door().case(ref).view.ref, ref)
        # whose employee is somebody else's and who never asked is nobody here
        with self.assertRaises(NotYours):
            self.employee_door("works_council")
        self.people["victim"].user_id = self.users["victim"]
        self.assertEqual(self.employee_door().case(ref).view.ref, ref)

    def test_key_of_the_traject_shredded(self):
        ref = self.make_request()
        with vault(self.env) as inside:
            Dossier(find(inside, ref, [])).shred()
        with self.assertRaises(CaseworkError):
            self.employee_door().case(ref).view
