"""Help from the budget: asked, answered, paid; and who learns nothing of it."""

from datetime import date, datetime
from decimal import Decimal

from odoo.exceptions import AccessError

from ..casework import budget_words as w
from ..casework import budgets, leavers, measures, own_data, throttle
from ..casework import constants as c
from ..casework.erasing import erase
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import find, vault
from .budget_case import BudgetCase
from .common import NOW, TODAY
from .retention_case import OwnList


class TestMeasures(OwnList, BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls.make_budget()

    def setUp(self):
        super().setUp()
        # Of each test alone: one deletes it for good.
        self.ref = self.make_focus()

    def desk_case(self, now=NOW):
        return self.desk_door(now=now).case(self.ref)

    def assert_balance(self, reserved, committed, spent, left):
        self.assertEqual(self.balance(self.budget), (reserved, committed, spent, left))

    def test_from_the_question_to_the_last_bill(self):
        ref = self.ask(self.ref)
        self.assert_balance(600, 0, 0, 400)
        self.assertEqual(self.measure(self.ref).status, measures.WAITING)
        desk = self.desk_case()
        (asked,) = desk.view.measures
        self.assertEqual(asked.ref, ref)
        self.assertIn(self.canary, asked.text)
        desk.promise_measure(ref, "500,00", "Ask for the evening course.")
        self.assert_balance(0, 500, 0, 500)
        seen = self.measure(self.ref)
        self.assertEqual(
            (seen.status, seen.reason),
            (measures.PROMISED, "Ask for the evening course."),
        )
        desk.record_cost(ref, "120.50", once="a")
        desk.record_cost(ref, "120.50", once="a")
        desk.record_cost(ref, "120.50", once="b")
        self.assert_balance(0, 259, 241, 500)
        desk.finish_measure(ref)
        self.assert_balance(0, 0, 241, 759)
        self.assertEqual(self.measure(self.ref).status, measures.FINISHED)
        # A bill that comes late is paid from what is left.
        desk.record_cost(ref, "9")
        self.assert_balance(0, 0, 250, 750)

    def test_a_bill_taken_back(self):
        """A bill of 900 for 90: taken back once, the promise is there again."""
        ref = self.ask(self.ref)
        desk = self.desk_case()
        desk.promise_measure(ref, "500")
        desk.record_cost(ref, "900")
        self.assert_balance(0, 0, 900, 100)
        (asked,) = self.desk_case().view.measures
        self.assertEqual([plain for plain, _said in asked.bills], ["900.00"])
        self.assertFalse(self.measure(self.ref).bills)
        with self.assertRaisesRegex(CaseworkError, "no such bill"):
            desk.take_bill_back(ref, "90")
        self.assert_balance(0, 0, 900, 100)
        for _twice in range(2):
            desk.take_bill_back(ref, "900.00", once="a")
        self.assert_balance(0, 500, 0, 500)
        with self.assertRaisesRegex(CaseworkError, "no such bill"):
            desk.take_bill_back(ref, "900.00", once="b")
        desk.record_cost(ref, "90")
        self.assert_balance(0, 410, 90, 500)

    def test_no_with_a_reason(self):
        ref = self.ask(self.ref)
        with self.assertRaises(CaseworkError):
            self.desk_case().decline_measure(ref, " ")
        self.desk_case().decline_measure(ref, "There is one inside the company.")
        self.assert_balance(0, 0, 0, 1000)
        seen = self.measure(self.ref)
        self.assertEqual(
            (seen.status, seen.reason),
            (measures.DECLINED, "There is one inside the company."),
        )

    def test_taken_back_before_the_answer_only(self):
        ref = self.ask(self.ref)
        case = self.employee_door().case(self.ref)
        case.take_measure_back(ref)
        self.assert_balance(0, 0, 0, 1000)
        self.assertEqual(self.measure(self.ref).status, measures.TAKEN_BACK)
        for act in (
            lambda: case.take_measure_back(ref),
            lambda: self.desk_case().promise_measure(ref, "1"),
            lambda: self.desk_case().decline_measure(ref, "No"),
            lambda: self.desk_case().finish_measure(ref),
        ):
            with self.assertRaises(CaseworkError):
                act()
        ref = self.ask(self.ref)
        self.desk_case().promise_measure(ref, "600")
        with self.assertRaises(CaseworkError):
            case.take_measure_back(ref)
        self.assert_balance(0, 600, 0, 400)

    def test_a_hard_stop(self):
        self.ask(self.ref, "1000.00")
        with self.assertRaisesRegex(CaseworkError, "no room"):
            self.ask(self.ref, "0.01")
        self.assert_balance(1000, 0, 0, 0)
        self.assertEqual(len(self.employee_door().case(self.ref).view.measures), 1)

    def test_the_desk_cannot_overdraw(self):
        ref = self.ask(self.ref)
        desk = self.desk_case()
        with self.assertRaisesRegex(CaseworkError, "at most €1,000.00"):
            desk.promise_measure(ref, "1000.01")
        desk.promise_measure(ref, "1000")
        with self.assertRaises(CaseworkError):
            desk.record_cost(ref, "1000.01")
        desk.record_cost(ref, "1000")
        self.assert_balance(0, 0, 1000, 0)

    def test_amounts_that_are_none(self):
        for text in ("", "0", "-5", "1e3", "0.001", "ten", "1.000.00", "99999999999"):
            with self.subTest(text), self.assertRaises(CaseworkError):
                self.ask(self.ref, text)
        self.assert_balance(0, 0, 0, 1000)

    def test_five_times_a_month(self):
        """Who asks again and again would read the live balance."""
        case = self.employee_door().case(self.ref)
        for _time in range(measures.ASKS_A_MONTH):
            case.take_measure_back(self.ask(self.ref, "1"))
        with self.assertRaisesRegex(CaseworkError, "5 times this month"):
            self.ask(self.ref, "1")
        self.ask(self.ref, "1", now=datetime(2026, 7, 1, 9, 0))

    def test_what_was_refused_is_counted_too(self):
        """In all cases, and also after the night."""
        for amount in range(9000, 9000 + measures.ASKS_A_MONTH):
            self.refused(str(amount), "no room")
        self.refused("1", "5 times this month")
        throttle.forget(self.env, TODAY)
        self.employee_door().case(self.ref).withdraw()
        self.ref = self.make_focus()
        self.refused("1", "5 times this month")
        self.ask(self.make_focus("colleague"), "1", login="colleague")
        self.assert_balance(1, 0, 0, 999)
        throttle.forget(self.env, date(2026, 7, 1))
        self.env.cr.execute("SELECT count(*) FROM hr_career_throttle")
        self.assertEqual(self.env.cr.fetchone(), (0,))

    def refused(self, amount, why):
        """Ask for what is refused; assertRaises would take the count back."""
        try:
            self.ask(self.ref, amount)
        except CaseworkError as refusal:
            self.assertRegex(str(refusal), why)
        else:
            self.fail("It was not refused")

    def test_what_ends_with_the_case(self):
        """What waits comes back; what was promised is still paid."""
        promised = self.ask(self.ref, "300")
        self.desk_case().promise_measure(promised, "300")
        self.ask(self.ref, "200")
        self.employee_door().case(self.ref).withdraw()
        self.assert_balance(0, 300, 0, 700)
        found = self.employee_door().case(self.ref).view.measures
        self.assertEqual(
            [one.status for one in found], [measures.ENDED, measures.PROMISED]
        )

    def test_what_waits_in_a_case_is_answered_there(self):
        """By its name in the budget nobody would read why."""
        ref, door = self.ask(self.ref), self.desk_door()
        number, about = self.line(self.budget).id, self.measure(self.ref).about
        with self.assertRaisesRegex(CaseworkError, "waits for an answer in a case"):
            door.give_back_of(number, about)
        self.desk_case().promise_measure(ref, "600")
        door.give_back_of(number, about)
        self.assert_balance(0, 0, 0, 1000)

    def test_what_ends_with_the_login(self):
        self.ask(self.ref, "200")
        self.people["victim"].user_id = False
        self.users["victim"].unlink()
        leavers.close(self.env, TODAY)
        self.assert_balance(0, 0, 0, 1000)

    def test_no_measure_in_a_traject_of_the_own_right(self):
        """There is no way from the own right to a question to the employer."""
        ref = self.make_request("colleague")
        with self.assertRaises(CaseworkError):
            self.ask(ref, login="colleague")
        view = self.employee_door("colleague").case(ref).view
        self.assertNotIn(c.ASK_MEASURE, view.actions)
        self.assertNotIn(c.DECIDE_MEASURE, self.desk_door().case(ref).view.actions)

    def test_without_a_budget(self):
        with self.assertRaisesRegex(CaseworkError, "no budget for this kind"):
            self.ask(self.ref, kind=w.RELOCATION)
        with self.assertRaises(CaseworkError):
            self.ask(self.ref, kind=w.RIGHTS)
        self.budget.action_close()
        with self.assertRaisesRegex(CaseworkError, "no budget for this kind"):
            self.ask(self.ref)

    def test_the_own_division_pays_first(self):
        parent = self.env["hr.department"].create({"name": "All news"})
        self.department.parent_id = parent
        own = self.make_budget(
            name="News", department_id=parent.id, lines={w.TRAINING: (700, 400)}
        )
        self.make_budget(
            name="Elsewhere",
            department_id=self.elsewhere.id,
            lines={w.TRAINING: (9000, 400)},
        )
        self.ask(self.ref, "600")
        self.assertEqual(self.balance(own)[0], 600)
        self.ask(self.ref, "600")
        self.assert_balance(600, 0, 0, 400)
        with self.assertRaises(CaseworkError):
            self.ask(self.ref, "600")

    def test_nobody_else_answers(self):
        ref = self.ask(self.ref)
        other = self.make_focus("colleague")
        with self.assertRaises(NotYours):
            self.employee_door("colleague").case(other).take_measure_back(ref)
        with self.assertRaises(NotYours):
            self.desk_door().case(other).promise_measure(ref, "1")
        with vault(self.env) as inside:
            traject = find(inside, self.ref, [])
            traject.coach_id = self.coaches["coach"].id
        self.assertEqual(self.coach_door().case(self.ref).view.measures, ())
        self.assert_balance(600, 0, 0, 400)

    def test_an_entry_of_another_kind_is_no_measure(self):
        with vault(self.env) as inside:
            rows = inside["hr.career.entry"].search([("kind", "=", c.WISHES)])
            ref = rows[:1].ref
        with self.assertRaises(NotYours):
            self.desk_case().promise_measure(ref, "1")

    def test_the_desk_sees_that_something_waits(self):
        quiet = self.make_focus("colleague")
        for ref in (self.ref, quiet):
            self.desk_door().case(ref).assign(self.coaches["coach"].id)
        self.assertEqual(
            [one.needs_action for one in self.desk_door().inbox()], [False, False]
        )
        ref = self.ask(self.ref)
        waits = {one.ref: one for one in self.desk_door().inbox()}
        self.assertIn("budget", waits[self.ref].waiting_for)
        self.assertEqual(
            [waits[one].needs_action for one in (self.ref, quiet)], [True, False]
        )
        self.desk_case().promise_measure(ref, "600")
        self.assertFalse(any(one.needs_action for one in self.desk_door().inbox()))

    def test_own_data(self):
        self.ask(self.ref)
        data = own_data.collect(self.employee_door().case(self.ref))
        (text,) = [one for one in data["texts"] if one["kind"] == c.MEASURE]
        self.assertEqual(
            text["fields"],
            {
                "what": "Training",
                "wanted": "600.00",
                "text": f"A course {self.canary}",
                "about": self.measure(self.ref).about,
            },
        )

    def test_deleting_the_case_leaves_a_name_that_leads_nowhere(self):
        """The budget still knows what was promised, under a drawn name."""
        ref = self.ask(self.ref)
        self.desk_case().promise_measure(ref, "600")
        about = self.measure(self.ref).about
        self.employee_door().case(self.ref).withdraw()
        with vault(self.env) as inside:
            erase(inside, find(inside, self.ref, []), TODAY)
        self.assertEqual(self.ledger(self.budget).part(about).committed, 600)
        self.env.flush_all()
        for table in ("entry", "traject", "access", "budget_ledger"):
            self.env.cr.execute(f"SELECT t::text FROM hr_career_{table} t")
            self.assertNotIn(about, str(self.env.cr.fetchall()))

    def test_one_person_is_counted_once(self):
        for amount in ("100", "200"):
            ref = self.ask(self.ref, amount)
            self.desk_case().promise_measure(ref, amount)
            self.desk_case().record_cost(ref, amount)
        self.assertEqual(len(self.ledger(self.budget).helped(TODAY.year)), 1)
        marks = {one.whose for one in self.ledger(self.budget).parts.values()}
        self.assertEqual(len(marks), 1)
        self.assertNotIn(marks.pop(), str(self.desk_case().view))

    def test_nothing_readable_is_stored(self):
        ref = self.ask(self.ref, "432.10")
        self.desk_case().promise_measure(ref, "432.10", "Yes")
        about = self.measure(self.ref).about
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = current_schema() AND table_type = 'BASE TABLE'"
        )
        for (table,) in self.env.cr.fetchall():
            self.env.cr.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE ANY(%s)',
                [[f"%{about}%", "%432.10%", f"%{self.canary}%"]],
            )
            self.assertFalse(self.env.cr.fetchone()[0], table)

    def test_room_is_of_the_first_of_the_month(self):
        def answers():
            employee = self.people["victim"]
            return dict(budgets.room(self.env, employee, date(2026, 7, 3)))

        self.assertEqual(answers(), {w.TRAINING: True})
        # What the answer changes to would say what one of a few has asked.
        self.ask(self.ref, "601")
        budgets.take_room(self.env, date(2026, 6, 1))
        self.assertEqual(answers(), {w.TRAINING: True})
        self.env["hr.employee"].create(
            [
                {"name": f"P{number}", "company_id": self.company.id}
                for number in range(budgets.FEWEST)
            ]
        )
        self.assertEqual(answers(), {w.TRAINING: True})
        budgets.take_room(self.env, date(2026, 7, 1))
        self.assertEqual(answers(), {w.TRAINING: False})
        self.employee_door().case(self.ref).withdraw()
        budgets.take_room(self.env, date(2026, 7, 31))
        self.assertEqual(answers(), {w.TRAINING: False})
        budgets.take_room(self.env, date(2026, 8, 1))
        self.assertEqual(answers(), {w.TRAINING: True})

    def test_outsiders_reach_no_ledger(self):
        for login in (*self.OUTSIDERS, "desk", "coach", "victim"):
            model = self.env_of(login)[budgets.LEDGER]
            with self.subTest(login), self.assertRaises(AccessError):
                model.search([]).read()
        with self.assertRaises(AccessError):
            self.env[budgets.LEDGER].sudo().search([])
        self.assertEqual(self.ledger(self.budget).balance.granted, Decimal(1000))
