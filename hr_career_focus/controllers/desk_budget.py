"""The desk's page of budgets: what is left, by the names that measures have there."""

from odoo import http
from odoo.http import request

from ..casework import DeskDoor
from .common import Done, carry_out, guarded, show

PAGE = "/focus/budget"


class DeskBudgetPages(http.Controller):
    """For who holds a mandate today; the same "not found" for all others."""

    @http.route(PAGE, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def budgets(self, **kwargs):
        return self._show(DeskDoor(request.env))

    @http.route(PAGE, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def change_budgets(self, **post):
        door = DeskDoor(request.env)

        def again(**problem):
            return self._show(door, **problem)

        return carry_out(ACTS, door, post, PAGE, again)

    def _show(self, door, **problem):
        return show(
            "hr_career_focus.page_budget",
            PAGE,
            {"budgets": door.budgets(), "many": len(door.companies) > 1},
            **problem,
        )


def _line_and_name(form):
    """Return the line and the name in the budget that a form is about."""
    number, _sep, about = form.entry().partition("_")
    is_number = number.isascii() and number.isdigit() and len(number) < 10
    return (int(number) if is_number else 0), about.replace("_", "-")


def _correct(door, form):
    line_id, _about = _line_and_name(form)
    door.correct_line(
        line_id,
        form.line("amount", form.env._("Amount"), required=True),
        form.line("note", form.env._("Reason"), required=True),
        form.choice("way", form.env._("more or less"), {"more", "less"}) == "less",
        form.entry("once"),
    )
    return Done(form.env._("Corrected. The reason stays in the ledger."), f"l{line_id}")


def _pay(door, form):
    line_id, about = _line_and_name(form)
    door.pay_of(
        line_id,
        about,
        form.line("amount", form.env._("A bill that was paid"), required=True),
        form.entry("once"),
    )
    return Done(form.env._("The bill is recorded."), f"l{line_id}")


def _give_back(door, form):
    line_id, about = _line_and_name(form)
    form.require_yes()
    door.give_back_of(line_id, about)
    return Done(form.env._("What was open is back in the budget."), f"l{line_id}")


ACTS = {"correct": _correct, "pay": _pay, "give_back": _give_back}
