"""Budgets as HR policy makes them, their sealed ledgers, and what the desk sees."""

from datetime import date
from decimal import Decimal

from psycopg2.errors import UniqueViolation

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import new_test_user, users
from odoo.tools import SQL, mute_logger

from ..casework import budget_words as w
from ..casework import budget_year, budgets, vouchers
from ..casework.budget_figures import closed_year_marks
from ..casework.errors import CaseworkError, NotYours
from ..casework.opening import vault
from ..engine import budget as b
from ..engine.voucher import RIGHT, Spend, Voucher
from ..vault.errors import Unsealable
from .budget_case import BudgetCase
from .common import NOW, TODAY

MONTH = date(2026, 6, 1)


class TestBudget(BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = new_test_user(
            cls.env, "policy", groups="hr_career_focus.group_policy"
        )
        cls.holder = new_test_user(
            cls.env,
            "holder",
            groups="base.group_user,hr_career_focus.group_budget_holder",
        )
        for user in (cls.policy, cls.holder):
            user.write(
                {
                    "company_ids": [Command.link(cls.company.id)],
                    "company_id": cls.company.id,
                }
            )

    def move(
        self, budget, kind, amount, about="", line=w.TRAINING, month=MONTH, **more
    ):
        one = b.Move(kind, Decimal(amount), month, about, **more)
        with vault(self.env) as inside:
            budgets.change(inside, self.line(budget, line), lambda led: led.after(one))

    # -- making it -----------------------------------------------------------------

    def test_policy_makes_and_opens_it(self):
        budgets_of = self.env["hr.career.budget"].with_user(self.policy)
        budget = budgets_of.create(
            {
                "name": "Moves",
                "date_from": date(2026, 1, 1),
                "date_to": date(2026, 12, 31),
                "owner_id": self.holder.id,
                "line_ids": [Command.create({"kind": w.TRAINING, "planned": 1000})],
            }
        )
        self.assertEqual(budget.line_ids.mapped("kind"), [w.TRAINING, w.RIGHTS])
        self.assertEqual(budget.line_ids.mapped("otherwise"), ["learning"] * 2)
        self.assertEqual(self.ledger(budget).balance.granted, 0)
        budget.action_open()
        self.assertEqual(budget.state, w.OPEN)
        self.assertEqual(self.ledger(budget).balance.granted, 1000)
        budget.action_open()
        self.assertEqual(self.ledger(budget).balance.granted, 1000)
        self.line(budget).planned = 1500.5
        self.assertEqual(self.ledger(budget).balance.granted, Decimal("1500.50"))
        budget.line_ids = [Command.create({"kind": w.RELOCATION, "planned": 20})]
        self.assertEqual(self.ledger(budget, w.RELOCATION).balance.granted, 20)

    def test_an_open_budget_keeps_what_people_count_on(self):
        budget = self.make_budget().with_user(self.policy)
        line = self.line(budget)
        for change in (
            lambda: line.write({"planned": 999}),
            lambda: line.write({"kind": w.COACHING}),
            lambda: line.write({"list_price": 401}),
            lambda: line.write({"has_room": False}),
            lambda: line.write({"state": w.DRAFT}),
            lambda: line.write({"company_id": self.make_other_company("C").id}),
            lambda: line.write({"department_id": self.department.id}),
            lambda: line.unlink(),
            lambda: self.line(budget, w.RIGHTS).unlink(),
            lambda: budget.write({"date_to": date(2026, 11, 30)}),
            lambda: budget.write({"company_id": self.make_other_company("B").id}),
            lambda: budget.write({"state": w.DRAFT}),
            lambda: budget.unlink(),
        ):
            with self.assertRaises(UserError):
                change()
        budget.name = "A better name"
        line.list_price = 400
        self.line(budget, w.RIGHTS).list_price = 333
        budget.action_close()
        with self.assertRaises(UserError):
            line.list_price = 1
        with self.assertRaises(UserError):
            budget.line_ids = [Command.create({"kind": w.COACHING})]

    def test_what_a_line_keeps_of_its_budget_opens_nothing(self):
        budget = self.make_budget().with_user(self.policy)
        line = self.line(budget)
        self.env.cr.execute(
            "UPDATE hr_career_budget_line SET state = 'draft' WHERE id = %s", [line.id]
        )
        line.invalidate_recordset()
        for change in (lambda: line.write({"planned": 1}), line.unlink):
            with self.assertRaises(UserError):
                change()
        made = line.create(
            {"budget_id": budget.id, "kind": w.COACHING, "state": w.DRAFT}
        )
        self.assertEqual(made.state, w.OPEN)

    def test_the_currency_has_cents(self):
        """What a budget pays with vouchers is counted in hundredths."""
        company = self.env["res.company"].create(
            {"name": "Tokyo", "currency_id": self.env.ref("base.JPY").id}
        )
        values = {
            "name": "Moves",
            "company_id": company.id,
            "date_from": date(2026, 1, 1),
            "date_to": date(2026, 12, 31),
        }
        with (
            self.assertRaisesRegex(ValidationError, "hundredths"),
            self.cr.savepoint(),
        ):
            self.env["hr.career.budget"].create(values)
        company.currency_id = self.env.ref("base.EUR")
        self.assertTrue(self.env["hr.career.budget"].create(values))

    def test_a_line_added_later_has_its_first_answer(self):
        budget = self.make_budget().with_user(self.policy)
        budget.line_ids = [
            Command.create({"kind": w.COACHING, "planned": 100, "list_price": 60}),
            Command.create({"kind": w.RELOCATION, "planned": 50, "list_price": 60}),
        ]
        answers = [
            self.line(budget, kind).has_room for kind in (w.COACHING, w.RELOCATION)
        ]
        self.assertEqual(answers, [True, False])

    def test_lowering_is_refused_whether_or_not_anything_was_asked(self):
        """The refusal itself would tell, if it depended on what was asked."""
        budget = self.make_budget().with_user(self.policy)

        def said():
            with self.assertRaises(UserError) as refused:
                self.line(budget).planned = 900
            return str(refused.exception)

        before = said()
        self.move(budget, b.RESERVE, 1000, "AAAA")
        self.assertEqual(said(), before)

    def test_a_draft_can_go_and_its_ledgers_with_it(self):
        with vault(self.env) as inside:
            before = inside[budgets.LEDGER].search_count([])
        budget = self.make_budget(is_open=False).with_user(self.policy)
        with self.assertRaises(UserError):
            self.line(budget, w.RIGHTS).unlink()
        self.line(budget).unlink()
        budget.unlink()
        with vault(self.env) as inside:
            self.assertEqual(inside[budgets.LEDGER].search_count([]), before)

    def test_two_for_the_same_people_and_day(self):
        self.make_budget()
        with self.assertRaises(ValidationError):
            self.make_budget(is_open=False, date_from=date(2026, 6, 1))
        self.make_budget(is_open=False, department_id=self.department.id)
        later = {"date_from": date(2027, 1, 1), "date_to": date(2027, 12, 31)}
        self.make_budget(is_open=False, **later)

    def test_a_closed_one_can_be_replaced(self):
        wrong = self.make_budget(rest=w.CARRY, owner_id=self.holder.id)
        self.move(wrong, b.COMMIT, 300, "AAAA")
        wrong = wrong.with_user(self.policy)
        wrong.action_close()
        wrong.owner_id = False
        with self.assertRaises(UserError):
            wrong.rest = w.LAPSE
        budget_year.end_of_period(self.env, TODAY)
        self.assertEqual(self.balance(wrong)[3], 700)
        right = self.make_budget(name="Again", date_from=date(2026, 6, 1))
        for _night in range(2):
            budget_year.end_of_period(self.env, TODAY)
        self.assertEqual(self.balance(wrong), (0, 300, 0, 0))
        self.assertEqual(self.balance(right), (0, 0, 0, 1700))
        with self.assertRaises(ValidationError):
            self.make_budget(is_open=False, date_from=date(2026, 6, 1))

    def test_whole_months_and_one_line_for_each_kind(self):
        with self.assertRaises(ValidationError):
            self.make_budget(is_open=False, date_from=date(2026, 1, 2))
        budget = self.make_budget(is_open=False)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            budget.line_ids = [Command.create({"kind": w.TRAINING})]
        division = {"department_id": self.department.id}
        with self.assertRaises(ValidationError):
            self.make_budget(is_open=False, lines={w.RIGHTS: (1, 1)}, **division)

    def test_the_owner_is_a_budget_holder(self):
        with self.assertRaises(ValidationError):
            self.make_budget(owner_id=self.users["hr_officer"].id)
        self.assertTrue(self.make_budget(owner_id=self.holder.id))

    def test_a_copy_is_for_the_period_after(self):
        budget = self.make_budget()
        after = budget.copy({"name": "Moves 2027"})
        self.assertEqual(
            (after.date_from, after.date_to, after.state),
            (date(2027, 1, 1), date(2027, 12, 31), w.DRAFT),
        )
        self.assertEqual(after.line_ids.mapped("kind"), [w.TRAINING, w.RIGHTS])

    # -- who reads what ------------------------------------------------------------

    def test_readers_of_the_plan(self):
        own = self.make_budget(owner_id=self.holder.id)
        other = self.make_budget(department_id=self.department.id)
        readers = {name: self.users[name] for name in ("finance", "works_council")}
        readers |= {"policy": self.policy, "holder": self.holder}
        for name, user in readers.items():
            user.company_ids = [Command.link(self.company.id)]
            env = self.env(
                user=user.id, context={"allowed_company_ids": self.company.ids}
            )
            with self.subTest(name):
                found = env["hr.career.budget"].search([])
                self.assertIn(own.id, found.ids)
                self.assertEqual(other.id in found.ids, name != "holder")
                self.assertEqual(set(found.line_ids.budget_id.ids), set(found.ids))
                found.read()
                if name != "policy":
                    with self.assertRaises(AccessError):
                        found[:1].name = "Mine"
                    with self.assertRaises(AccessError):
                        found[:1].action_close()

    @users("manager", "victim", "desk", "coach")
    def test_the_others_read_no_plan(self):
        with self.assertRaises(AccessError):
            self.env["hr.career.budget"].search([])
        with self.assertRaises(AccessError):
            self.env["hr.career.budget.line"].search([])

    def test_no_figure_of_the_plan_moves_when_somebody_asks(self):
        """Everything that HR and the owner can read is the same before and after."""
        budget = self.make_budget()
        ref = self.make_focus()

        def read():
            self.env.flush_all()
            self.env.invalidate_all()
            rows = []
            for table in ("hr_career_budget", "hr_career_budget_line"):
                self.env.cr.execute(
                    SQL(
                        "SELECT t::text, xmin::text FROM %s t ORDER BY id",
                        SQL.identifier(table),
                    )
                )
                rows += self.env.cr.fetchall()
            return rows

        before = read()
        measure = self.ask(ref)
        desk = self.desk_door().case(ref)
        desk.promise_measure(measure, "600")
        desk.record_cost(measure, "600")
        self.assertEqual(read(), before)
        self.assertEqual(self.balance(budget), (0, 0, 600, 400))

    # -- the ledger ----------------------------------------------------------------

    def test_all_ledgers_are_alike_and_padded(self):
        budget = self.make_budget(
            lines={w.TRAINING: (1000, 1), w.COACHING: (99999.99, 1)}
        )
        for number in range(20):
            self.move(budget, b.RESERVE, 1, f"P{number}")
        self.env.cr.execute(
            "SELECT DISTINCT length(sealed) FROM hr_career_budget_ledger"
        )
        self.assertEqual(len(self.env.cr.fetchall()), 1)

    def test_a_ledger_moved_or_changed_does_not_open(self):
        budget = self.make_budget(lines={w.TRAINING: (1000, 1), w.COACHING: (5000, 1)})
        self.assertEqual(self.ledger(budget).balance.left, 1000)
        keys = [
            budgets.line_key(self.line(budget, kind).id)
            for kind in (w.TRAINING, w.COACHING)
        ]
        self.env.cr.execute(
            "UPDATE hr_career_budget_ledger a SET sealed = b.sealed"
            " FROM hr_career_budget_ledger b WHERE a.line_key = %s AND b.line_key = %s",
            keys,
        )
        with self.assertRaises(CaseworkError) as caught:
            self.ledger(budget)
        self.assertIsInstance(caught.exception.__cause__, Unsealable)

    def test_the_night_mixes_all_rows(self):
        budget = self.make_budget()
        self.move(budget, b.RESERVE, 5, "AAAA")

        def rows():
            self.env.cr.execute(
                "SELECT id, ref, line_key, sealed, ctid::text"
                " FROM hr_career_budget_ledger"
            )
            return {row[0]: row[1:] for row in self.env.cr.fetchall()}

        before = rows()
        with vault(self.env) as inside:
            budgets.mix(inside, TODAY)
        after = rows()
        self.assertEqual(set(before), set(after))
        for number, (ref, key, sealed, place) in before.items():
            self.assertEqual(after[number][:2], (ref, key))
            self.assertNotEqual(after[number][2], sealed)
            self.assertNotEqual(after[number][3], place)
        self.assertEqual(self.balance(budget), (5, 0, 0, 995))

    # -- the end of the period -----------------------------------------------------

    def test_carried_over_once(self):
        old = self.make_budget(rest=w.CARRY)
        self.move(old, b.COMMIT, 300, "AAAA")
        next_year = {"date_from": date(2027, 1, 1), "date_to": date(2027, 12, 31)}
        new = self.make_budget(name="2027", is_open=False, **next_year)
        budget_year.end_of_period(self.env, date(2026, 12, 31))
        self.assertEqual((old.state, self.balance(old)[3]), (w.OPEN, 700))
        budget_year.end_of_period(self.env, date(2027, 1, 1))
        # Not lost while the next budget is still being made.
        self.assertEqual((old.state, self.balance(old)[3]), (w.CLOSED, 700))
        new.action_open()
        for _night in range(2):
            budget_year.end_of_period(self.env, date(2027, 1, 2))
        self.assertEqual(self.balance(old), (0, 300, 0, 0))
        self.assertEqual(self.balance(new), (0, 0, 0, 1700))
        # What comes back later goes the same way.
        self.move(old, b.RELEASE, 100, "AAAA", why=b.FINISHED)
        budget_year.end_of_period(self.env, date(2027, 2, 1))
        self.assertEqual(self.balance(old), (0, 200, 0, 0))
        self.assertEqual(self.balance(new), (0, 0, 0, 1800))
        self.assertEqual([self.line(one).planned for one in (old, new)], [1000, 1000])

    def test_lapsed(self):
        old = self.make_budget()
        self.move(old, b.COMMIT, 300, "AAAA")
        for _night in range(2):
            budget_year.end_of_period(self.env, date(2027, 1, 1))
        self.assertEqual(self.balance(old), (0, 300, 0, 0))
        self.assertEqual(self.ledger(old).moves[-1].why, b.LAPSED)

    # -- what comes out ------------------------------------------------------------

    def test_counts_of_a_closed_year(self):
        budget = self.make_budget()
        self.move(budget, b.SPEND, 10, "AAAA", month=date(2026, 3, 1))
        self.move(budget, b.SPEND, 10, "AAAA", month=date(2027, 1, 1))
        self.move(budget, b.SPEND, 10, "BBBB", month=date(2027, 1, 1))
        self.move(budget, b.RESERVE, 10, "CCCC", month=date(2026, 3, 1))
        training = self.line(budget)
        job = self.env(su=True)
        for year, marks in ((2025, 0), (2026, 1), (2027, 1), (2028, 0)):
            with self.subTest(year=year):
                found = closed_year_marks(job, self.company, year)
                if year == 2025:
                    self.assertEqual(found, {})
                    continue
                self.assertEqual(list(found), [budget.id])
                self.assertEqual(list(found[budget.id]), [training.id])
                self.assertEqual(len(found[budget.id][training.id]), marks)
        with self.assertRaises(AccessError):
            closed_year_marks(self.env_of("desk"), self.company, 2026)

    # -- the desk's page -----------------------------------------------------------

    def test_the_desk_sees_it_live(self):
        budget = self.make_budget(
            lines={w.TRAINING: (1000, 400), w.COACHING: (2000, 400)}
        )
        self.move(budget, b.RESERVE, 100, "AAAA")
        self.move(budget, b.COMMIT, 500, "BBBB")
        self.move(budget, b.SPEND, 200, "BBBB")
        (view,) = self.desk_door().budgets()
        training, coaching, rights = view.lines
        self.assertEqual(
            (training.left, training.reserved, training.committed, training.spent),
            ("€400.00", "€100.00", "€300.00", "€200.00"),
        )
        self.assertEqual([one.about for one in training.parts], ["AAAA", "BBBB"])
        self.assertFalse(training.is_alert)
        self.move(budget, b.RESERVE, 200, "CCCC")
        (view,) = self.desk_door().budgets()
        self.assertEqual([one.is_alert for one in view.lines], [True, False, False])

    def test_rights_have_no_ceiling_and_an_alert(self):
        budget = self.make_budget(lines={w.TRAINING: (1, 1), w.RIGHTS: (1000, 900)})
        voucher = Voucher.issue(
            unit="amount",
            value=Decimal(1200),
            currency="EUR",
            company=self.company.id,
            pot=RIGHT,
            today=TODAY,
            months=12,
        )
        spend = Spend.now("x", 1, Decimal(700), TODAY)
        with vault(self.env) as inside:
            vouchers.issue(inside, voucher.redeem(spend, TODAY))
        (view,) = self.desk_door().budgets()
        rights = view.lines[-1]
        self.assertEqual((rights.spent, rights.committed), ("€700.00", "€500.00"))
        self.assertTrue(rights.is_alert)
        self.assertEqual(self.ledger(budget, w.RIGHTS).moves, ())

    def test_the_desk_corrects_with_a_reason(self):
        budget = self.make_budget()
        number = self.line(budget).id
        door = self.desk_door()
        with self.assertRaises(CaseworkError):
            door.correct_line(number, "100", " ")
        door.correct_line(number, "100", "A gift of the board", once="a")
        door.correct_line(number, "100", "A gift of the board", once="a")
        self.assertEqual(self.balance(budget)[3], 1100)
        with self.assertRaisesRegex(CaseworkError, "at most €1,100.00"):
            door.correct_line(number, "1100.01", "Wrong", takes=True)
        door.correct_line(number, "1100", "To the other budget", takes=True)
        self.assertEqual(self.balance(budget)[3], 0)
        (view,) = door.budgets()
        self.assertEqual(view.lines[0].corrections[-1].note, "To the other budget")
        with self.assertRaises(NotYours):
            door.correct_line(self.line(budget, w.RIGHTS).id, "1", "No")

    def test_the_desk_finishes_by_name_when_the_case_is_gone(self):
        budget = self.make_budget()
        number = self.line(budget).id
        self.move(budget, b.COMMIT, 500, "BBBB")
        door = self.desk_door()
        door.pay_of(number, "BBBB", "120")
        door.give_back_of(number, "BBBB")
        self.assertEqual(self.balance(budget), (0, 0, 120, 880))
        for act in (
            lambda: door.pay_of(number, "BBBB", "1"),
            lambda: door.pay_of(number, "ZZZZ", "1"),
            lambda: door.give_back_of(number, "BBBB"),
        ):
            with self.assertRaises(CaseworkError):
                act()

    def test_another_companys_budget(self):
        other = self.make_other_company("Other")
        budget = self.make_budget(company_id=other.id)
        door = self.desk_door(now=NOW)
        self.assertEqual(door.budgets(), ())
        with self.assertRaises(NotYours):
            door.correct_line(self.line(budget).id, "1", "Mine")
        self.assertEqual(self.balance(budget)[3], 1000)
