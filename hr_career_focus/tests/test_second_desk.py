"""The desk's list has no names; names take a second person; and whose case it is."""

from datetime import timedelta

from odoo.tests import tagged

from ..casework import approval_words as w
from ..casework import approvals, purposes
from ..casework.belonging import SecondLookNeeded
from ..casework.errors import NotYours
from ..casework.opening import Dossier, find, vault
from .common import NOW, CareerCase

LATER = NOW + timedelta(minutes=5)


@tagged("post_install", "-at_install")
class TestDeskOfTwo(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users["desk_two"] = cls.make_user(
            "desk_two", "base.group_user,hr_career_focus.group_desk"
        )
        cls.second = cls.make_mandate("desk_two")
        cls.ref = cls.make_request()
        cls.name = cls.people["victim"].name

    def purposes(self, login="victim", ref=None):
        """What the employee reads in the log, as codes; latest first."""
        lines = []
        for one in self.employee_door(login).case(ref or self.ref).view.openings:
            lines += [one.purpose] * one.times
        return lines

    def said(self, code):
        return purposes.sentence(self.env_of("victim"), code)

    def confirm(self, kind, subject="", login="desk_two", by="privacy_officer"):
        env = self.env_of(login)
        ref = approvals.ask(env, self.company, kind, subject, "I replace her", NOW)
        approvals.decide(self.env_of(by), ref, True, "", NOW)

    # -- the list ---------------------------------------------------------------------

    def test_the_list_has_no_names(self):
        [line] = self.desk_door().inbox()
        self.assertNotIn(self.name, repr(line))
        self.assertNotIn(self.users["victim"].email, repr(line))
        self.assertEqual(line.number, approvals.number(self.ref))
        self.assertEqual(self.desk_door().case(self.ref).view.who, self.name)
        self.assertIn(self.said(purposes.LIST), self.purposes())

    def test_names_need_a_second_person(self):
        with self.assertRaises(NotYours):
            self.desk_door().names()
        self.confirm(w.BULK, login="desk")
        [line] = self.desk_door(now=LATER).names()
        self.assertEqual(line.who, self.name)
        self.assertIn(self.said(purposes.BULK), self.purposes())
        with self.assertRaises(NotYours):
            self.desk_door("desk_two", LATER).names()
        with self.assertRaises(NotYours):
            self.desk_door(now=NOW + timedelta(minutes=30)).names()

    def test_names_are_logged_for_everybody_on_the_list(self):
        other = self.make_request("colleague")
        self.confirm(w.BULK, login="desk")
        self.assertNotIn(self.said(purposes.BULK), self.purposes())
        self.assertEqual(len(self.desk_door(now=LATER).names()), 2)
        for login, ref in (("victim", self.ref), ("colleague", other)):
            self.assertEqual(self.purposes(login, ref).count(self.said("bulk")), 1)

    def test_names_of_one_company_only(self):
        """What one company's second person confirmed shows nothing of another's."""
        other = self.make_other_company("Dune Works")
        self.users["privacy_officer"].company_ids += other
        self.make_mandate("desk", company_id=other.id)
        self.desk_door().ask_names(other.id, "Moving house")
        [view] = approvals.waiting(self.env_of("privacy_officer"), NOW)
        approvals.decide(self.env_of("privacy_officer"), view.ref, True, "", NOW)
        self.assertEqual(self.desk_door(now=LATER).names(), [])
        self.confirm(w.BULK, login="desk")
        self.assertEqual(len(self.desk_door(now=LATER).names()), 1)

    def test_the_list_asks_as_much_for_many_as_for_one(self):
        def queries():
            self.env.invalidate_all()
            self.desk_door().inbox()
            before = self.env.cr.sql_log_count
            self.env.invalidate_all()
            self.desk_door().inbox()
            return self.env.cr.sql_log_count - before

        self.desk_door().case(self.ref).assign(self.coaches["coach"].id)
        one = queries()
        for login, coach in (("colleague", "coach"), ("manager", "other_coach")):
            ref = self.make_request(login)
            self.desk_door().case(ref).assign(self.coaches[coach].id)
        self.assertEqual(len(self.desk_door().inbox()), 3)
        self.assertEqual(queries(), one)

    # -- whose case -------------------------------------------------------------------

    def test_a_new_request_belongs_to_nobody(self):
        for login in ("desk", "desk_two"):
            [line] = self.desk_door(login).inbox()
            self.assertFalse(line.colleague)
        self.assertTrue(self.desk_door("desk_two").case(self.ref).view)

    def test_another_desk_holder_needs_a_second_person(self):
        self.assertTrue(self.desk_door().case(self.ref).view)
        [line] = self.desk_door("desk_two").inbox()
        self.assertEqual(line.colleague, self.users["desk"].name)
        case = self.desk_door("desk_two").case(self.ref)
        coach = self.coaches["coach"].id
        for act in (lambda: case.view, lambda: case.assign(coach)):
            with self.assertRaises(SecondLookNeeded) as caught:
                act()
            self.assertNotIn(self.name, str(caught.exception))
        before = self.purposes()
        self.confirm(w.SECOND_LOOK, self.ref, by="desk")
        view = self.desk_door("desk_two", LATER).case(self.ref).view
        self.assertEqual(view.who, self.name)
        new = self.purposes()[: -len(before)]
        self.assertEqual(new, [self.said(purposes.SECOND_LOOK)])
        # It still belongs to the first.
        self.assertTrue(self.desk_door(now=LATER).case(self.ref).view)

    def test_acting_in_a_second_look_is_logged_too(self):
        self.assertTrue(self.desk_door().case(self.ref).view)
        self.confirm(w.SECOND_LOOK, self.ref)
        self.desk_door("desk_two").case(self.ref).assign(self.coaches["coach"].id)
        self.assertIn(self.said(purposes.SECOND_LOOK), self.purposes())

    def test_it_passes_on_when_the_mandate_is_over(self):
        self.assertTrue(self.desk_door().case(self.ref).view)
        self.mandate.action_archive()
        view = self.desk_door("desk_two").case(self.ref).view
        self.assertEqual(view.who, self.name)
        self.assertIn(self.said(purposes.PASSED_ON), self.purposes())
        self.assertFalse(self.desk_door("desk_two").inbox()[0].colleague)
        # The first comes back, with a new mandate: the case is the other's now.
        self.make_mandate("desk")
        with self.assertRaises(SecondLookNeeded):
            self.desk_door().case(self.ref).view

    def test_a_mandate_that_is_corrected_hands_no_case_over(self):
        """It waits for its second person again; the case waits with it."""
        self.assertTrue(self.desk_door().case(self.ref).view)
        before = self.purposes()
        self.mandate.write({"scope": "Answers requests. (A spelling mistake mended.)"})
        self.assertEqual(self.mandate.state, "to_confirm")
        with self.assertRaises(NotYours):
            self.desk_door()
        [line] = self.desk_door("desk_two").inbox()
        self.assertEqual(line.colleague, self.users["desk"].name)
        case = self.desk_door("desk_two").case(self.ref)
        for act in (
            lambda: case.view,
            lambda: case.assign(self.coaches["coach"].id),
        ):
            with self.assertRaises(SecondLookNeeded):
                act()
        self.assertNotIn(self.said(purposes.PASSED_ON), self.purposes())
        self.confirm(w.SECOND_LOOK, self.ref)
        self.assertTrue(self.desk_door("desk_two", LATER).case(self.ref).view)
        self.assertEqual(self.purposes()[0], self.said(purposes.SECOND_LOOK))
        self.assertGreater(len(self.purposes()), len(before))
        # Withdrawn for good, the case passes on.
        self.mandate.action_archive()
        self.assertFalse(self.desk_door("desk_two").inbox()[0].colleague)
        self.assertTrue(self.desk_door("desk_two", LATER).case(self.ref).view)
        self.assertIn(self.said(purposes.PASSED_ON), self.purposes())

    def test_a_login_that_is_archived_keeps_no_case(self):
        self.assertTrue(self.desk_door().case(self.ref).view)
        self.users["desk"].active = False
        self.assertFalse(self.desk_door("desk_two").inbox()[0].colleague)
        self.assertTrue(self.desk_door("desk_two").case(self.ref).view)

    # -- what is written down ---------------------------------------------------------

    def lines(self):
        """Who is in the log of the case, as desk: (login, purpose), latest last."""
        with vault(self.env) as inside:
            lines = Dossier(find(inside, self.ref, [])).lines()
        names = {user.id: login for login, user in self.users.items()}
        return [(names[one.user_id], one.purpose) for one in reversed(lines)]

    def test_the_list_is_noted_for_each_desk_holder(self):
        for _time in range(2):
            self.desk_door().inbox()
            self.desk_door("desk_two", LATER).inbox()
        self.assertEqual(
            self.lines(), [("desk", purposes.LIST), ("desk_two", purposes.LIST)]
        )

    def test_an_act_that_opens_a_case_first_is_noted_once(self):
        """A form sent without a look at the page, as the first act and as the next."""
        self.desk_door().case(self.ref).assign(self.coaches["coach"].id)
        self.assertEqual(self.lines(), [("desk", purposes.CASE)])
        self.assertTrue(self.desk_door(now=LATER).case(self.ref).view)
        self.assertEqual(self.lines(), [("desk", purposes.CASE)] * 2)

    def test_looking_and_then_acting_is_one_line(self):
        case = self.desk_door().case(self.ref)
        self.assertTrue(case.view)
        case.assign(self.coaches["coach"].id)
        self.assertEqual(self.lines(), [("desk", purposes.CASE)])

    def test_taking_a_case_over_by_an_act_is_noted_once(self):
        self.assertTrue(self.desk_door().case(self.ref).view)
        self.mandate.action_archive()
        case = self.desk_door("desk_two", LATER).case(self.ref)
        case.assign(self.coaches["coach"].id)
        self.assertEqual(
            self.lines(), [("desk", purposes.CASE), ("desk_two", purposes.PASSED_ON)]
        )

    def test_a_decision_by_who_takes_over_is_noted_once(self):
        """Both answers look at the case first, without holding it."""
        for answer in ("decide_open", "decline"):
            with self.subTest(answer), self.env.cr.savepoint() as savepoint:
                self.undecided()
                self.assertTrue(self.desk_door().case(self.ref).view)
                self.mandate.action_archive()
                case = self.desk_door("desk_two", LATER).case(self.ref)
                getattr(case, answer)("I asked for the letter, and saw it.")
                self.assertEqual(
                    self.lines(),
                    [("desk", purposes.CASE), ("desk_two", purposes.PASSED_ON)],
                )
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_decision_in_a_second_look_is_noted_once(self):
        self.undecided()
        self.assertTrue(self.desk_door().case(self.ref).view)
        self.confirm(w.SECOND_LOOK, self.ref)
        self.desk_door("desk_two", LATER).case(self.ref).decline("No right, I am sure.")
        self.assertEqual(
            self.lines(), [("desk", purposes.CASE), ("desk_two", purposes.SECOND_LOOK)]
        )

    def undecided(self):
        """Let the case be one about which the desk has to decide."""
        self.version.verified_on = False
        self.ref = self.make_request("colleague")

    # -- a row that was changed -------------------------------------------------------

    def test_a_holder_moved_to_another_row_does_not_open(self):
        """Whose case it is cannot be copied from one case to another by SQL."""
        other = self.make_request("colleague")
        self.assertTrue(self.desk_door().case(self.ref).view)
        self.assertTrue(self.desk_door("desk_two").case(other).view)
        self.env.cr.execute(
            "UPDATE hr_career_traject SET holder = (SELECT holder FROM"
            " hr_career_traject WHERE ref = %s) WHERE ref = %s",
            [other, self.ref],
        )
        self.env.invalidate_all()
        with self.assertRaisesRegex(Exception, "does not open"):
            self.desk_door("desk_two").case(self.ref).view

    # -- what ends with a mandate -----------------------------------------------------

    def test_a_mandate_that_ends_takes_what_was_asked_with_it(self):
        self.confirm(w.BULK, login="desk")
        self.assertTrue(self.desk_door(now=LATER).names_views()[0].until)
        self.mandate.action_archive()
        self.make_mandate("desk")
        self.assertFalse(self.desk_door(now=LATER).names_views()[0].until)
        with self.assertRaises(NotYours):
            self.desk_door(now=LATER).names()

    def test_a_mandate_that_ends_takes_what_was_confirmed_with_it(self):
        self.confirm(w.BULK, login="desk", by="desk_two")
        self.assertTrue(self.desk_door(now=LATER).names())
        self.second.action_archive()
        with self.assertRaises(NotYours):
            self.desk_door(now=LATER).names()

    def test_a_role_that_ends_takes_what_was_confirmed_with_it(self):
        self.confirm(w.BULK, login="desk")
        self.assertTrue(self.desk_door(now=LATER).names())
        group = self.env.ref("hr_career_focus.group_privacy_officer")
        self.users["privacy_officer"].group_ids -= group
        with self.assertRaises(NotYours):
            self.desk_door(now=LATER).names()
