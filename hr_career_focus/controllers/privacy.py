"""The privacy officer's page of odd openings, and the works council's numbers."""

from odoo import http
from odoo.http import request

from ..casework import PrivacyDoor, purposes
from ..casework.log_counts import CASES, FLOOR, CountsDoor
from ..engine.roles import GROUP_OFFICER
from .common import Done, carry_out, guarded, show

PRIVACY = "/focus/privacy"
COUNTS = "/focus/privacy/counts"
SIGNAL = "/focus/privacy/%s"


class PrivacyPages(http.Controller):
    """Pages for privacy officers; the counts for the works council too."""

    @http.route(PRIVACY, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def signals(self, **kwargs):
        lines = PrivacyDoor(request.env).signals()
        return show("hr_career_focus.page_privacy", PRIVACY, {"lines": lines})

    @http.route(
        COUNTS, type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    @guarded
    def counts(self, **kwargs):
        return show(
            "hr_career_focus.page_privacy_counts",
            COUNTS,
            {
                "years": CountsDoor(request.env).years(),
                "roles": purposes.COUNTED,
                "least": FLOOR,
                "cases": CASES,
                "is_officer": request.env.user.has_group(GROUP_OFFICER),
            },
        )

    @http.route(
        f"{PRIVACY}/<string:ref>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    @guarded
    def signal(self, ref, **kwargs):
        return self._show(PrivacyDoor(request.env), ref)

    @http.route(
        f"{PRIVACY}/<string:ref>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    @guarded
    def change_signal(self, ref, **post):
        door = PrivacyDoor(request.env)
        door.signal(ref)

        def again(**problem):
            return self._show(door, ref, **problem)

        return carry_out(SIGNAL_ACTS, (door, ref), post, SIGNAL % ref, again)

    def _show(self, door, ref, **problem):
        return show(
            "hr_career_focus.page_privacy_signal",
            SIGNAL % ref,
            {"view": door.signal(ref)},
            **problem,
        )


def _answer(subject, form):
    door, ref = subject
    door.answer(ref, form.text("text", form.env._("What you found"), required=True))
    return Done(form.env._("Your answer is sent to the employee."), "answer")


def _ask(subject, form):
    door, ref = subject
    label = form.env._("Why the name is needed")
    door.ask_release(ref, form.text("text", label, required=True))
    return Done(form.env._("A second person is asked."), "name")


def _release(subject, form):
    door, ref = subject
    form.require_yes()
    door.release(ref)
    return Done(form.env._("The name is released. The employee reads it too."), "name")


SIGNAL_ACTS = {"answer": _answer, "ask": _ask, "release": _release}
