"""The own reminder, and the own dates as a file: who asks leaves no trace at work."""

from odoo import http
from odoo.http import request

from ..casework import EmployeeDoor
from ..casework.errors import NotYours
from ..casework.reminders import LEADS, USUAL_LEAD
from .common import Done, carry_out, guarded
from .employee import HOME, show_home

DATES = "/my/focus/dates.ics"
#: Where on the page the answer to these forms is.
PART = "remind"


class ReminderPages(http.Controller):
    """The forms of the own page that are about being reminded."""

    @http.route(HOME, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def change_home(self, **post):
        door = EmployeeDoor(request.env)

        def again(**problem):
            return show_home(door, **problem)

        return carry_out(HOME_ACTS, door, post, HOME, again)

    # Made in the answer and kept nowhere: the cursor cannot write.
    @http.route(
        DATES, type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    @guarded
    def dates(self, before="", **kwargs):
        months = int(before) if before in map(str, LEADS) else USUAL_LEAD
        text = EmployeeDoor(request.env).calendar(months)
        if text is None:
            raise NotYours
        return request.make_response(
            text,
            headers=[
                ("Content-Type", "text/calendar; charset=utf-8"),
                ("Content-Disposition", 'attachment; filename="dates.ics"'),
            ],
        )


def _remind(door, form):
    door.remind(
        form.email("address", form.env._("E-mail address")), form.number_of("months")
    )
    return Done(form.env._("You will be reminded. Nobody else knows."), PART)


def _stop(door, form):
    door.stop_reminder()
    return Done(form.env._("Stopped. You get no reminders, and nothing is kept."), PART)


HOME_ACTS = {"remind": _remind, "stop": _stop}
