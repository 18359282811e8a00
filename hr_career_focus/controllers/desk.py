"""The career desk's pages: requests and matching, never content."""

from datetime import timedelta

from odoo import http
from odoo.http import request

from ..casework import DeskDoor
from ..casework.approvals import LONGEST_REASON
from ..casework.belonging import SecondLookNeeded
from ..casework.errors import NotYours
from .common import Done, carry_out, guarded, show
from .forms import FormError

INBOX = "/focus/desk"
CASE = "/focus/desk/%s"
NAMES = "/focus/desk/names"


class DeskPages(http.Controller):
    """Pages for who holds a mandate today; the same "not found" for all others."""

    @http.route(INBOX, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def inbox(self, **kwargs):
        return self._show_list(DeskDoor(request.env))

    @http.route(INBOX, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def ask(self, **post):
        door = DeskDoor(request.env)

        def again(**problem):
            return self._show_list(door, **problem)

        return carry_out(LIST_ACTS, door, post, INBOX, again)

    def _show_list(self, door, **problem):
        lines = door.inbox()
        own = [line for line in lines if not line.colleague]
        return show(
            "hr_career_focus.page_desk",
            INBOX,
            {
                "waiting": [line for line in own if line.needs_action],
                "others": [line for line in own if not line.needs_action],
                "colleagues": [line for line in lines if line.colleague],
                "companies": door.companies.sudo().mapped("name"),
                "names": door.names_views(),
            },
            **problem,
        )

    @http.route(NAMES, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def names(self, **kwargs):
        door = DeskDoor(request.env)
        try:
            lines = door.names()
        except NotYours:
            # Over, or not confirmed: the list says how to ask.
            return request.redirect(INBOX, code=303)
        return show(
            "hr_career_focus.page_desk_names",
            INBOX,
            {"lines": lines, "names": door.names_views()},
        )

    @http.route(
        f"{INBOX}/<string:ref>", type="http", auth="user", website=True, methods=["GET"]
    )
    @guarded
    def case(self, ref, **kwargs):
        return self._show(DeskDoor(request.env).case(ref))

    @http.route(
        f"{INBOX}/<string:ref>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    @guarded
    def change_case(self, ref, **post):
        case = DeskDoor(request.env).case(ref)

        def again(**problem):
            return self._show(case, **problem)

        return carry_out(CASE_ACTS, case, post, CASE % ref, again)

    def _show(self, case, **problem):
        try:
            view = case.view
        except SecondLookNeeded as needed:
            return show(
                "hr_career_focus.page_desk_other",
                CASE % case.ref,
                {
                    "number": case.number,
                    "colleague": needed.colleague,
                    "asked": case.second_look,
                },
                **problem,
            )
        return show(
            "hr_career_focus.page_desk_case",
            CASE % case.ref,
            {"view": view, "may": view.actions, "number": case.number},
            **problem,
        )


def _assign(case, form):
    coach_id = form.number_of("coach")
    if coach_id is None:
        raise FormError(form.env._("Choose a coach first."))
    case.assign(coach_id)
    return Done(form.env._("The coach is asked. You see here when the answer is in."))


def _open(case, form):
    case.decide_open(
        form.text("reason", form.env._("Reason"), required=True),
        form.line("quantity", form.env._("How much")),
    )
    return Done(form.env._("The right is open. Now propose a coach."))


def _decline(case, form):
    form.require_yes()
    case.decline(
        form.text("reason", form.env._("Reason"), required=True),
        form.day(
            "next_date", form.env._("The next date"), earliest=form.today + timedelta(1)
        ),
    )
    return Done(form.env._("The answer is sent, with your reason."), path=INBOX)


def _consult(case, form):
    case.consult(form.text("reason", form.env._("What you recorded"), required=True))
    return Done(form.env._("Recorded. Now propose a coach."))


def _settle(case, form):
    case.settle(form.line("used", form.env._("How much was used"), required=True))
    return Done(
        form.env._("Recorded. What was not used is the employee's again."), path=INBOX
    )


def _promise(case, form):
    case.promise_measure(
        form.entry(),
        form.line("amount", form.env._("Amount you promise"), required=True),
        form.text("note", form.env._("What this person should know")),
        form.is_yes("voucher"),
    )
    return Done(form.env._("Promised. This person reads it in the file."), "measures")


def _decline_measure(case, form):
    case.decline_measure(
        form.entry(), form.text("reason", form.env._("Reason"), required=True)
    )
    return Done(form.env._("The answer is sent, with your reason."), "measures")


def _cost(case, form):
    case.record_cost(
        form.entry(),
        form.line("amount", form.env._("A bill that was paid"), required=True),
        form.entry("once"),
    )
    return Done(form.env._("The bill is recorded."), "measures")


def _take_bill_back(case, form):
    case.take_bill_back(
        form.entry(),
        form.line("amount", form.env._("The bill"), required=True),
        form.entry("once"),
    )
    return Done(form.env._("The bill is taken back. Record the right one."), "measures")


def _end_voucher(case, form):
    form.require_yes()
    case.end_measure_voucher(form.entry())
    return Done(
        form.env._("The voucher has ended. What was left of it is in the budget."),
        "measures",
    )


def _finish(case, form):
    case.finish_measure(form.entry())
    return Done(form.env._("Done. The rest is back in the budget."), "measures")


def _ask_look(case, form):
    case.ask_second_look(_why(form))
    return Done(
        form.env._("Asked. You get a short e-mail when a second person has answered.")
    )


def _ask_names(door, form):
    company_id = form.number_of("entry")
    if company_id is None:
        raise NotYours
    door.ask_names(company_id, _why(form))
    return Done(
        form.env._("Asked. You get a short e-mail when a second person has answered.")
    )


def _why(form):
    return form.text("why", form.env._("Why"), required=True, limit=LONGEST_REASON)


LIST_ACTS = {"ask_names": _ask_names}
CASE_ACTS = {
    "ask_look": _ask_look,
    "assign": _assign,
    "open": _open,
    "decline": _decline,
    "consult": _consult,
    "settle": _settle,
    "promise": _promise,
    "decline_measure": _decline_measure,
    "cost": _cost,
    "take_bill_back": _take_bill_back,
    "finish": _finish,
    "end_voucher": _end_voucher,
}
