"""What one person cannot do alone: who may ask, who may confirm, and for how long."""

from datetime import timedelta

from odoo.tests import tagged

from ..casework import approval_words as w
from ..casework import approvals
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import vault
from .common import NOW, CareerCase

WHY = "I replace my colleague this week."


@tagged("post_install", "-at_install")
class TestApprovals(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.make_request()

    def ask(self, login="desk", kind=w.BULK, subject="", now=NOW, **more):
        env = self.env_of(login)
        return approvals.ask(env, self.company, kind, subject, WHY, now, **more)

    def decide(self, ref, login="privacy_officer", yes=True, now=NOW, note=""):
        approvals.decide(self.env_of(login), ref, yes, note, now)

    def granted(self, login="desk", kind=w.BULK, subject="", now=NOW):
        env = self.env_of(login)
        return approvals.granted(env, self.company, kind, subject, now)

    def test_one_asks_and_another_confirms(self):
        ref = self.ask()
        self.assertIsNone(self.granted())
        [view] = approvals.waiting(self.env_of("privacy_officer"), NOW)
        self.assertEqual((view.ref, view.reason, view.kind), (ref, WHY, w.BULK))
        self.decide(ref)
        self.assertEqual(self.granted(), ref)
        self.assertFalse(approvals.waiting(self.env_of("privacy_officer"), NOW))

    def test_who_asked_does_not_confirm(self):
        ref = self.ask()
        with self.assertRaises(NotYours):
            self.decide(ref, "desk")
        self.assertFalse(approvals.waiting(self.env_of("desk"), NOW))
        self.assertIsNone(self.granted())
        self.decide(ref)
        self.assertTrue(self.granted())

    def test_strangers_neither_ask_nor_confirm(self):
        ref = self.ask()
        for login in ("victim", "coach", *self.OUTSIDERS):
            if login == "privacy_officer":
                continue
            with self.subTest(login):
                with self.assertRaises(NotYours):
                    self.decide(ref, login)
                with self.assertRaises(NotYours):
                    self.ask(login)
                with self.assertRaises(NotYours):
                    approvals.waiting(self.env_of(login), NOW)
                self.assertIsNone(self.granted(login))
        self.decide(ref)

    def test_each_role_asks_for_its_own_acts(self):
        for login, kind in (
            ("privacy_officer", w.BULK),
            ("privacy_officer", w.SECOND_LOOK),
            ("desk", w.RELEASE),
            ("desk", w.HOLD),
        ):
            with self.subTest(login=login, kind=kind), self.assertRaises(NotYours):
                self.ask(login, kind, self.case)
        ref = self.ask("privacy_officer", w.HOLD, self.case)
        self.decide(ref, "desk")
        self.assertEqual(self.granted("privacy_officer", w.HOLD, self.case), ref)

    def test_whom_the_act_is_about_does_not_confirm(self):
        """An officer whose own case it is, and who is named as concerned."""
        officer = self.users["privacy_officer"]
        ref = self.ask(kind=w.SECOND_LOOK, subject=self.case, about=[officer.id])
        with self.assertRaises(NotYours):
            self.decide(ref)
        own = self.officer_with_a_case()
        ref = self.ask(kind=w.SECOND_LOOK, subject=own)
        with self.assertRaises(NotYours):
            self.decide(ref)
        self.assertEqual(approvals.waiting(self.env_of("privacy_officer"), NOW), ())
        other = self.make_user(
            "officer_two", "base.group_user,hr_career_focus.group_privacy_officer"
        )
        self.users["officer_two"] = other
        self.decide(ref, "officer_two")

    def officer_with_a_case(self):
        officer = self.users["privacy_officer"]
        self.make_employee("Priva Person", officer, self.elsewhere)
        return self.make_request("privacy_officer")

    def test_all_names_is_confirmed_by_anybody_but_who_asks(self):
        """It is about the whole desk. Who cannot answer would be known by that."""
        before = self.ask()
        [view] = approvals.waiting(self.env_of("privacy_officer"), NOW)
        self.officer_with_a_case()
        self.assertEqual(
            [one.ref for one in approvals.waiting(self.env_of("privacy_officer"), NOW)],
            [view.ref],
        )
        self.decide(before)
        self.assertEqual(self.granted(), before)
        with self.assertRaises(NotYours):
            self.decide(self.ask(now=NOW + timedelta(hours=1)), "desk")

    def test_it_ends_by_itself(self):
        for kind, subject, good, over in (
            (w.BULK, "", timedelta(minutes=29), timedelta(minutes=30)),
            (w.SECOND_LOOK, self.case, timedelta(days=6), timedelta(days=7)),
        ):
            with self.subTest(kind):
                self.decide(self.ask(kind=kind, subject=subject))
                self.assertTrue(self.granted("desk", kind, subject, NOW + good))
                self.assertIsNone(self.granted("desk", kind, subject, NOW + over))

    def test_a_question_too_late(self):
        ref = self.ask()
        late = NOW + timedelta(days=7)
        self.assertFalse(approvals.waiting(self.env_of("privacy_officer"), late))
        with self.assertRaises(CaseworkError):
            self.decide(ref, now=late)
        self.decide(ref, now=late - timedelta(minutes=1))

    def test_another_case_is_not_confirmed(self):
        other = self.make_request("colleague")
        self.decide(self.ask(kind=w.SECOND_LOOK, subject=self.case))
        self.assertTrue(self.granted("desk", w.SECOND_LOOK, self.case))
        self.assertIsNone(self.granted("desk", w.SECOND_LOOK, other))
        self.assertIsNone(self.granted("desk", w.BULK))

    def test_refused_with_a_reason(self):
        ref = self.ask()
        with self.assertRaises(CaseworkError):
            self.decide(ref, yes=False)
        self.decide(ref, yes=False, note="Not needed today")
        self.assertIsNone(self.granted())
        [view] = approvals.asked(self.env_of("desk"), NOW)
        self.assertEqual((view.state, view.note), (w.REFUSED, "Not needed today"))
        with self.assertRaises(CaseworkError):
            self.decide(ref)

    def test_used_once(self):
        subject = "f" * 32
        self.decide(self.ask("privacy_officer", w.RELEASE, subject), "desk")
        env = self.env_of("privacy_officer")
        approvals.use(env, self.company, w.RELEASE, subject, NOW)
        self.assertIsNone(self.granted("privacy_officer", w.RELEASE, subject))
        with self.assertRaises(CaseworkError):
            approvals.use(env, self.company, w.RELEASE, subject, NOW)

    def test_asked_twice_is_asked_once(self):
        self.assertEqual(self.ask(), self.ask())
        self.assertEqual(len(approvals.waiting(self.env_of("privacy_officer"), NOW)), 1)

    def test_a_reason_is_needed(self):
        for reason in ("", "  ", "x" * 1001):
            with self.assertRaises(CaseworkError):
                approvals.ask(
                    self.env_of("desk"), self.company, w.BULK, "", reason, NOW
                )

    def test_nobody_to_confirm(self):
        self.users["privacy_officer"].active = False
        with self.assertRaisesRegex(CaseworkError, "Nobody can confirm"):
            self.ask()
        self.users["privacy_officer"].active = True
        self.assertTrue(self.ask())

    def test_other_company(self):
        """An officer of another company neither sees nor confirms it."""
        other = self.make_other_company("Dune Works")
        officer = self.users["privacy_officer"]
        ref = self.ask()
        officer.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(approvals.waiting(self.env_of("privacy_officer"), NOW))
        with self.assertRaises(NotYours):
            self.decide(ref)
        officer.write({"company_ids": [(4, self.company.id)]})
        self.decide(ref)

    def test_state_changed_in_the_table_opens_nothing(self):
        self.ask()
        self.env.cr.execute("UPDATE hr_career_approval SET state = 'granted'")
        self.env.invalidate_all()
        self.assertIsNone(self.granted())
        self.env.cr.execute("UPDATE hr_career_approval SET state = 'asked'")
        self.env.invalidate_all()
        [view] = approvals.waiting(self.env_of("privacy_officer"), NOW)
        self.decide(view.ref)
        self.assertTrue(self.granted())

    def test_the_table_names_nobody(self):
        ref = self.ask(kind=w.SECOND_LOOK, subject=self.case)
        self.decide(ref)
        with vault(self.env) as inside:
            inside.cr.execute("SELECT to_jsonb(t) FROM hr_career_approval t")
            [[row]] = inside.cr.fetchall()
        text = repr({k: v for k, v in row.items() if k not in ("id", "company_id")})
        for secret in (WHY, self.case, "desk"):
            self.assertNotIn(secret, text)
        self.assertTrue(row["month"].endswith("-01"))

    def test_mail_is_the_neutral_one_for_all_who_could(self):
        self.env["mail.mail"].sudo().search([]).unlink()
        officer = self.users["privacy_officer"]
        self.ask(kind=w.SECOND_LOOK, subject=self.case, about=[officer.id])
        mails = self.env["mail.mail"].sudo().search([])
        self.assertEqual(mails.mapped("email_to"), [officer.email])
        self.assertEqual(mails.subject, "There is a message for you")
