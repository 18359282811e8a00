"""Vouchers that a budget line pays, and the ledger that follows them."""

from datetime import date
from decimal import Decimal

from ..casework import budget_words as w
from ..casework import budget_year, budgets, case_vouchers, measures, vouchers
from ..casework import constants as c
from ..casework.budget_figures import closed_year_marks
from ..casework.errors import CaseworkError
from ..casework.opening import find, vault
from ..engine.budget import CORRECT, Move
from ..engine.spend import Spend
from .budget_case import BudgetCase
from .common import TODAY

NIGHT = date(2026, 6, 16)


class TestBudgetVouchers(BudgetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.budget = cls.make_budget(
            lines={w.TRAINING: (1000, 400), w.RELOCATION: (1000, 400)}
        )

    def setUp(self):
        super().setUp()
        self.ref = self.make_focus()
        self.measure_ref = self.ask(self.ref)
        self.desk = self.desk_door().case(self.ref)

    def promise(self, amount="500"):
        self.desk.promise_measure(self.measure_ref, amount, "Pay with it", True)

    def own(self):
        """Return the own voucher of the employee, the latest made."""
        return self.employee_door().case(self.ref).view.vouchers.vouchers[0]

    def each(self, act):
        """Let ``act`` turn each voucher of the budget into the next."""
        with vault(self.env) as inside:
            for row, voucher in vouchers.all_of(inside, lock=True):
                if voucher.budget_line and voucher.left(TODAY):
                    vouchers.save(row, act(voucher))

    def redeem(self, amount, today=TODAY):
        spend = Spend.now(f"{amount}{today}", 1, Decimal(amount), today)
        self.each(lambda voucher: voucher.redeem(spend, today))
        return spend.ref

    def night(self, today=NIGHT):
        with vault(self.env) as inside:
            budget_year.keep(inside, today)

    def assert_balance(self, *expected):
        self.assertEqual(self.balance(self.budget), expected)

    def desk_sees(self):
        (view,) = self.desk_door().budgets()
        line = view.lines[0]
        return line.committed, line.spent, line.left

    def test_a_voucher_of_a_line(self):
        self.promise()
        self.assert_balance(0, 500, 0, 500)
        own = self.own()
        self.assertEqual((own.left, own.is_from_right), (own.value, False))
        self.assertEqual(len(own.shown), 39)
        # The desk has made it and does not have the code.
        self.assertNotIn(own.code, str(self.desk.view))
        (seen,) = self.desk.view.measures
        self.assertTrue(seen.has_voucher)
        self.redeem("120.50")
        self.assert_balance(0, 500, 0, 500)
        self.assertEqual(self.desk_sees(), ("€379.50", "€120.50", "€500.00"))
        for _time in range(2):
            self.night()
            self.assert_balance(0, Decimal("379.50"), Decimal("120.50"), 500)
        counts = closed_year_marks(self.env(su=True), self.company, 2026)
        self.assertEqual(len(counts[self.budget.id][self.line(self.budget).id]), 1)

    def test_who_changes_company_keeps_the_budget_of_the_case(self):
        other = self.make_other_company("B")
        self.make_budget(company_id=other.id)
        self.people["victim"].write({"department_id": False, "company_id": other.id})
        self.assertEqual(self.people["victim"].company_id, other)
        # What was there before it was so.
        with vault(self.env) as inside:
            entry = measures.measure(self.desk._opened(inside), self.measure_ref)
            self.assertEqual(entry.fields["line"], self.line(self.budget).id)
        self.ask(self.ref, "100")
        self.assert_balance(700, 0, 0, 300)
        self.promise()
        self.redeem("120")
        self.desk.end_measure_voucher(self.measure_ref)
        self.assert_balance(100, 0, 120, 780)

    def test_a_ledger_that_disagrees_stops_no_other(self):
        self.promise()
        self.redeem("120")
        colleague = self.make_focus("colleague")
        second = self.make_budget(
            name="News", department_id=self.department.id, lines={w.TRAINING: (900, 1)}
        )
        self.desk_door().case(colleague).promise_measure(
            self.ask(colleague, login="colleague"), "200", by_voucher=True
        )
        self.assertEqual(self.balance(second)[1], 200)
        self.redeem("60")
        line = self.line(self.budget)

        def damage(ledger):
            rest = ledger.rest(self.about(), TODAY.replace(day=1), "finished")
            return ledger.after(rest).after(
                Move(CORRECT, -ledger.after(rest).balance.left, TODAY.replace(day=1))
            )

        with vault(self.env) as inside:
            budgets.change(inside, line, damage)
        with self.assertLogs("odoo.addons.hr_career_focus", "ERROR"):
            self.night()
        self.assert_balance(0, 0, 0, 0)
        self.assertEqual(self.balance(second)[1:3], (140, 60))
        self.assertEqual(len(self.desk_door().budgets()), 2)

    def test_the_last_day_of_a_year_counts_in_that_year(self):
        self.promise()
        self.redeem("500", date(2026, 12, 31))
        self.night(date(2027, 1, 1))
        counts = closed_year_marks(self.env(su=True), self.company, 2026)
        self.assertEqual(len(counts[self.budget.id][self.line(self.budget).id]), 1)

    def test_undone_is_promised_again(self):
        self.promise()
        ref = self.redeem("120")
        self.night()
        self.each(lambda voucher: voucher.undo(ref, TODAY))
        self.night()
        self.assert_balance(0, 500, 0, 500)

    def test_expired_comes_back(self):
        self.promise()
        self.redeem("120")
        self.night(date(2027, 7, 1))
        self.assertEqual(self.ledger(self.budget).part(self.about()).open, 0)
        self.assertEqual(self.ledger(self.budget).part(self.about()).spent, 120)

    def about(self):
        return self.measure(self.ref).about

    def test_the_desk_ends_it(self):
        self.promise()
        self.redeem("120")
        self.desk.end_measure_voucher(self.measure_ref)
        self.assert_balance(0, 0, 120, 880)
        self.assertEqual(self.own().state, case_vouchers.VOID)
        self.assertEqual(self.measure(self.ref).status, measures.FINISHED)
        with self.assertRaises(CaseworkError):
            self.desk.end_measure_voucher(self.measure_ref)
        self.night()
        self.assert_balance(0, 0, 120, 880)

    def test_made_anew_it_is_still_one(self):
        self.promise()
        self.redeem("120")
        case = self.employee_door().case(self.ref)
        case.renew_voucher(self.own().ref)
        self.night()
        self.assert_balance(0, 380, 120, 500)
        self.redeem("30")
        self.night()
        self.assert_balance(0, 350, 150, 500)
        self.desk.end_measure_voucher(self.measure_ref)
        self.assert_balance(0, 0, 150, 850)

    def test_it_ends_with_the_case(self):
        self.promise()
        self.redeem("120")
        self.employee_door().case(self.ref).withdraw()
        self.night()
        self.assert_balance(0, 0, 120, 880)

    def test_it_lives_on_in_aftercare(self):
        """As what is promised without a voucher does."""
        with vault(self.env) as inside:
            find(inside, self.ref, []).state = c.ACTIVE
        self.promise()
        self.redeem("120")
        self.employee_door().case(self.ref).close([])
        self.assertEqual(self.own().state, case_vouchers.OPEN)
        self.redeem("30")
        self.night()
        self.assert_balance(0, 350, 150, 500)
        self.desk.end_measure_voucher(self.measure_ref)
        self.assertEqual(self.own().state, case_vouchers.VOID)

    def test_no_mail_at_issue(self):
        """It would say to whom a voucher of that moment belongs."""
        ref = self.make_focus("colleague", channel="mail", address="c@home.test")
        desk = self.desk_door().case(ref)
        mails = self.env["mail.mail"].sudo()
        for by_voucher in (True, False):
            asked = self.ask(ref, "100", login="colleague")
            before = mails.search([])
            desk.promise_measure(asked, "100", by_voucher=by_voucher)
            sent = (mails.search([]) - before).mapped("email_to")
            self.assertEqual(sent, [] if by_voucher else ["c@home.test"])

    def test_money_of_a_voucher_is_not_paid_twice(self):
        self.promise()
        number, about = self.line(self.budget).id, self.about()
        door = self.desk_door()
        for act in (
            lambda: self.desk.record_cost(self.measure_ref, "1"),
            lambda: self.desk.finish_measure(self.measure_ref),
            lambda: door.pay_of(number, about, "1"),
            lambda: door.give_back_of(number, about),
        ):
            with self.assertRaisesRegex(CaseworkError, "paid with a voucher"):
                act()
        self.assert_balance(0, 500, 0, 500)

    def test_only_what_a_provider_bills(self):
        other = self.ask(self.ref, kind=w.RELOCATION)
        with self.assertRaisesRegex(CaseworkError, "not paid with a voucher"):
            self.desk.promise_measure(other, "1", by_voucher=True)
        self.assertEqual(self.balance(self.budget, w.RELOCATION)[0], 600)

    def test_no_voucher_without_room(self):
        with vault(self.env) as inside:
            before = len(vouchers.all_of(inside))
        with self.assertRaises(CaseworkError):
            self.promise("1000.01")
        with vault(self.env) as inside:
            self.assertEqual(len(vouchers.all_of(inside)), before)
        self.assert_balance(600, 0, 0, 400)
