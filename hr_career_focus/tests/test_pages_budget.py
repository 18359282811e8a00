"""Help from the budget over HTTP: employee, desk, and everybody else."""

from odoo import fields
from odoo.tests import tagged

from ..casework import budget_words as w
from .budget_case import Budgets
from .page_case import DESK, FILE, HOME, PageCase

BUDGET = "/focus/budget"


@tagged("post_install", "-at_install")
class TestBudgetPages(Budgets, PageCase):
    def setUp(self):
        super().setUp()
        self.now = fields.Datetime.now()
        today = self.now.date()
        self.budget = self.make_budget(
            lines={w.TRAINING: (1000, 400), w.RELOCATION: (100, 400)},
            date_from=today.replace(month=1, day=1),
            date_to=today.replace(month=12, day=31),
        )
        self.ref = self.make_focus(now=self.now)
        self.path, self.desk_path = FILE % self.ref, f"{DESK}/{self.ref}"

    def test_the_own_page_says_whether_there_is_room(self):
        self.login("colleague")
        (room,) = self.page(HOME).xpath("//section[@id='room']")
        said = [" ".join(one.text_content().split()) for one in room.xpath(".//li")]
        self.assertEqual(
            said, ["Training Yes, there is room", "Relocation No room now"]
        )
        self.budget.action_close()
        (room,) = self.page(HOME).xpath("//section[@id='room']")
        self.assertIn("no budget for moves", room.text_content())

    def test_ask_answer_and_pay(self):
        self.login("victim")
        page = self.send_well(
            self.path,
            "ask_measure",
            what=w.TRAINING,
            wanted="600,00",
            text=f"A course {self.canary}",
        )
        self.assertIn("Asked. The amount is set aside", page.text_content())
        self.assertIn("The desk has to answer", page.text_content())
        about = self.measure(self.ref).about
        entry = self.measure(self.ref).ref
        self.login("desk")
        page = self.page(self.desk_path)
        self.assertIn(about, page.text_content())
        self.assertIn(self.canary, page.text_content())
        page = self.send_well(
            self.desk_path, "promise", entry, amount="600", note="Take the evening one."
        )
        self.assertIn("Promised. This person reads it", page.text_content())
        page = self.send_well(self.desk_path, "cost", entry, amount="200.50")
        self.assertIn("€200.50", page.text_content())
        # One that was mistyped: it is there, taken back, and gone.
        page = self.send_well(self.desk_path, "cost", entry, amount="300")
        self.assertIn("Paid so far: €500.50", page.text_content())
        page = self.send_well(self.desk_path, "take_bill_back", entry, amount="300.00")
        self.assertIn("The bill is taken back", page.text_content())
        self.assertIn("Paid so far: €200.50", page.text_content())
        self.assertNotIn("€300.00", page.text_content())
        page = self.send_well(self.desk_path, "finish", entry)
        self.assertEqual(self.balance(self.budget)[3], 1000 - self.spent(about))
        self.login("victim")
        self.assertIn("Take the evening one.", self.page(self.path).text_content())

    def spent(self, about):
        return self.ledger(self.budget).part(about).spent

    def test_with_a_voucher(self):
        entry = self.ask(self.ref, "600", now=self.now)
        self.login("desk")
        page = self.send_well(
            self.desk_path, "promise", entry, amount="600", note="", voucher="yes"
        )
        self.assertIn("This person has a voucher", page.text_content())
        view = self.employee_door(now=self.now).case(self.ref).view
        shown = view.vouchers.vouchers[0].shown
        self.assertNotIn(shown, page.text_content())
        self.login("victim")
        self.assertTrue(self.page(self.path).xpath("//*[@id='vouchers']"))
        self.login("desk")
        page = self.send_well(self.desk_path, "end_voucher", entry)
        self.assertIn("The voucher has ended", page.text_content())

    def test_no_and_taken_back(self):
        entry = self.ask(self.ref, "600", now=self.now)
        self.login("desk")
        page = self.send_well(
            self.desk_path, "decline_measure", entry, reason="Not this year."
        )
        self.assertIn("Not given", page.text_content())
        entry = self.ask(self.ref, "600", now=self.now)
        self.login("victim")
        page = self.send_well(self.path, "back_measure", entry)
        self.assertIn("Taken back", page.text_content())

    def test_what_does_not_fit_keeps_what_was_typed(self):
        self.login("victim")
        for wanted, words in (("1000.01", "no room"), ("much", "Fill in an amount")):
            response = self.send(
                self.path, "ask_measure", what=w.TRAINING, wanted=wanted, text="Why not"
            )
            self.assertRefused(response, words)
            self.assertIn(f'value="{wanted}"', response.text)
            self.assertIn("Why not</textarea>", response.text)

    def test_the_desks_page(self):
        measure = self.ask(self.ref, "600", now=self.now)
        about = self.measure(self.ref).about
        self.login("desk")
        page = self.page(BUDGET)
        self.assertIn("€400.00", page.text_content())
        self.assertIn(about, page.text_content())
        self.assertNotIn("Victim", page.text_content())
        number = str(self.line(self.budget).id)
        response = self.send(
            BUDGET, "correct", number, amount="400.01", note="Too much", way="less"
        )
        self.assertRefused(response, "at most €400.00")
        page = self.send_well(
            BUDGET, "correct", number, amount="400", note="To the others", way="less"
        )
        self.assertIn("To the others", page.text_content())
        entry = f"{number}_{about.replace('-', '_')}"
        response = self.send(BUDGET, "give_back", entry, confirm="yes")
        self.assertRefused(response, "waits for an answer in a case")
        desk = self.desk_door(now=self.now).case(self.ref)
        desk.promise_measure(measure, "600")
        page = self.send_well(BUDGET, "give_back", entry, confirm="yes")
        self.assertIn("back in the budget", page.text_content())

    def test_nobody_else(self):
        entry = self.ask(self.ref, "600", now=self.now)
        for login in ("victim", "coach", "manager", "hr_manager", "finance"):
            self.login(login)
            self.assertMissing(BUDGET)
            self.assertMissing(BUDGET, do="correct", entry="1", amount="1", note="x")
        self.login("colleague")
        self.assertMissing(self.path, do="back_measure", entry=entry)
        self.assertEqual(self.measure(self.ref).status, "waiting")

    def test_no_budget_no_part(self):
        self.budget.action_close()
        self.login("victim")
        self.assertFalse(self.page(self.path).xpath("//*[@id='measures']"))
