"""The page on which a second person confirms what one person cannot do alone."""

from types import SimpleNamespace

from odoo import http
from odoo.http import request

from ..casework import approval_words, approvals, mandates
from ..casework.errors import NotYours
from .common import Done, carry_out, guarded, show

CONFIRM = "/focus/confirm"
#: The constants as the template may use them: it refuses a module.
WORDS = SimpleNamespace(
    **{name: value for name, value in vars(approval_words).items() if name.isupper()}
)


class ConfirmPages(http.Controller):
    """For desk holders in mandate and privacy officers; "not found" for all others."""

    @http.route(CONFIRM, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def questions(self, **kwargs):
        return _show()

    @http.route(CONFIRM, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def answer(self, **post):
        door = approvals.SecondPerson(request.env)
        return carry_out(ACTS, door, post, CONFIRM, _show)


def _show(**problem):
    env = request.env
    return show(
        "hr_career_focus.page_confirm",
        CONFIRM,
        {
            "questions": approvals.waiting(env),
            "mandates": mandates.waiting(env),
            "asked": approvals.asked(env),
            "w": WORDS,
        },
        **problem,
    )


def _confirm(_door, form):
    approvals.decide(form.env, form.entry(), True)
    return Done(form.env._("Confirmed. Who asked gets a short e-mail."))


def _refuse(_door, form):
    note = form.text(
        "note", form.env._("Why not"), required=True, limit=approvals.LONGEST_REASON
    )
    approvals.decide(form.env, form.entry(), False, note)
    return Done(form.env._("Refused. Who asked can read why."))


def _appoint(_door, form):
    form.require_yes()
    number = form.number_of("entry")
    if number is None:
        raise NotYours
    mandate = form.env[mandates.MANDATE].browse(number)
    seen = form.line("seen", form.env._("What you read"), required=True)
    mandates.confirm(form.env, mandate, seen=seen)
    return Done(
        form.env._("The mandate is confirmed. Employees can see that you did it.")
    )


ACTS = {"confirm": _confirm, "refuse": _refuse, "appoint": _appoint}
