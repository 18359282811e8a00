"""A budget for internal moves in the company of the tests."""

from datetime import date

from odoo.fields import Command

from ..casework import budget_words as w
from ..casework import budgets
from ..casework import constants as c
from ..casework.opening import vault
from .common import CareerCase


class Budgets:
    """Mixin of a test case: makes budgets, and looks into their ledgers."""

    @classmethod
    def make_budget(cls, is_open=True, lines=None, **values):
        """Return a budget of 2026; ``lines`` is ``{kind: (planned, list price)}``."""
        lines = {w.TRAINING: (1000, 400)} if lines is None else lines
        budget = cls.env["hr.career.budget"].create(
            {
                "name": "Moves 2026",
                "company_id": cls.company.id,
                "date_from": date(2026, 1, 1),
                "date_to": date(2026, 12, 31),
                "currency_id": cls.env.ref("base.EUR").id,
                "line_ids": [
                    Command.create(
                        {"kind": kind, "planned": planned, "list_price": price}
                    )
                    for kind, (planned, price) in lines.items()
                ],
                **values,
            }
        )
        if is_open:
            budget.action_open()
        return budget

    def line(self, budget, kind=w.TRAINING):
        return budget.line_ids.filtered(lambda one: one.kind == kind)

    def ledger(self, budget, kind=w.TRAINING):
        """Return the opened ledger of a line."""
        line = self.line(budget, kind)
        with vault(self.env) as inside:
            return budgets.ledgers(inside, line)[line.id]

    def balance(self, budget, kind=w.TRAINING):
        """Return (reserved, committed, spent, left) of a line."""
        one = self.ledger(budget, kind).balance
        return (one.reserved, one.committed, one.spent, one.left)

    @classmethod
    def make_focus(cls, login="victim", **values):
        """Let ``login`` ask for career focus coaching; return the reference."""
        return cls.make_request(login, kind=c.CAREER_FOCUS, **values)

    @classmethod
    def ask(cls, ref, wanted="600", kind=w.TRAINING, login="victim", **now):
        """Ask from the budget; return the reference of the measure."""
        case = cls.employee_door(login, **now).case(ref)
        return case.ask_measure(kind, wanted, f"A course {cls.canary}")

    def measure(self, ref, login="victim"):
        """Return the latest measure of a case, as its employee sees it."""
        return self.employee_door(login).case(ref).view.measures[0]


class BudgetCase(Budgets, CareerCase):
    """A transaction test with :class:`Budgets`."""
