"""The career desk's pages: requests and matching, never content."""

from datetime import timedelta

from odoo import http
from odoo.http import request

from ..casework import DeskDoor
from .common import Done, carry_out, guarded, show
from .forms import FormError

INBOX = "/focus/desk"
CASE = "/focus/desk/%s"


class DeskPages(http.Controller):
    """Pages for who holds a mandate today; the same "not found" for all others."""

    @http.route(INBOX, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def inbox(self, **kwargs):
        door = DeskDoor(request.env)
        lines = door.inbox()
        return show(
            "hr_career_focus.page_desk",
            INBOX,
            {
                "waiting": [line for line in lines if line.needs_action],
                "others": [line for line in lines if not line.needs_action],
                "companies": door.companies.sudo().mapped("name"),
            },
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
        view = case.view
        return show(
            "hr_career_focus.page_desk_case",
            CASE % case.ref,
            {"view": view, "may": view.actions},
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


CASE_ACTS = {
    "assign": _assign,
    "open": _open,
    "decline": _decline,
    "consult": _consult,
    "settle": _settle,
}
