"""The privacy officer's page: certificates, legal holds, and checking a number."""

from odoo import http
from odoo.http import request

from ..casework import holds
from ..casework.retention import RetentionDoor
from .common import Done, carry_out, guarded, show

RETENTION = "/focus/retention"


class RetentionPages(http.Controller):
    """One page; nothing on it tells how many cases there are."""

    @http.route(RETENTION, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def retention(self, **kwargs):
        return show_retention(RetentionDoor(request.env))

    @http.route(RETENTION, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def change_retention(self, **post):
        door = RetentionDoor(request.env)

        def again(**problem):
            return show_retention(door, **problem)

        return carry_out(ACTS, door, post, RETENTION, again)


def show_retention(door, **problem):
    """Render the page, also with what went wrong in a form on it."""
    return show(
        "hr_career_focus.page_retention",
        RETENTION,
        {
            "door": door,
            "company": door.company,
            "certificates": door.certificates(),
            "holds": door.holds.views(),
            "states": {
                "begin": holds.TO_BEGIN,
                "force": holds.IN_FORCE,
                "end": holds.TO_END,
            },
        },
        **problem,
    )


def _hold(door, form):
    door.holds.ask(
        form.line("login", form.env._("Login"), required=True),
        form.text("reason", form.env._("Why"), required=True),
    )
    return Done(form.env._("Asked. A second person has to confirm it."), "holds")


def _end(door, form):
    door.holds.ask_end(
        form.entry(), form.text("reason", form.env._("Why"), required=True)
    )
    return Done(form.env._("Asked. Until it is confirmed, the hold stays."), "holds")


def _carry_out(door, form):
    door.holds.carry_out(form.entry())
    return Done(form.env._("Done, as it was confirmed."), "holds")


def _check(door, form):
    number = form.line("number", form.env._("Number"), required=True)
    if door.check(number):
        text = form.env._(
            "This number is on the purge list: what it stands for was destroyed and "
            "never opens again."
        )
    else:
        text = form.env._("This number is not on the purge list of this server.")
    return Done(text, "check")


ACTS = {"hold": _hold, "end": _end, "carry_out": _carry_out, "check": _check}
