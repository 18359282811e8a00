"""The coach's pages: the cases offered and accepted, and one case."""

from datetime import timedelta

from odoo import http
from odoo.http import request

from ..casework import CoachDoor, KeyDoor
from ..casework import constants as c
from .common import Done, carry_out, guarded, show
from .own_key import with_own_key
from .wording import MODALITIES

LIST = "/focus/coach"
CASE = "/focus/coach/%s"
EARLIEST, LATEST = timedelta(days=92), timedelta(days=365)


class CoachPages(http.Controller):
    """Pages for coaches, internal (framed in the web client) and external (portal)."""

    @http.route(LIST, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def cases(self, **kwargs):
        lines = CoachDoor(request.env).cases()
        uses_keys = KeyDoor(request.env).is_on
        return show(
            "hr_career_focus.page_cases",
            LIST,
            {"lines": lines, "uses_keys": uses_keys},
        )

    @http.route(
        f"{LIST}/<string:ref>", type="http", auth="user", website=True, methods=["GET"]
    )
    @guarded
    def case(self, ref, **kwargs):
        return self._show(with_own_key(CoachDoor(request.env)).case(ref))

    @http.route(
        f"{LIST}/<string:ref>", type="http", auth="user", website=True, methods=["POST"]
    )
    @guarded
    def change_case(self, ref, **post):
        case = with_own_key(CoachDoor(request.env)).case(ref)

        def again(**problem):
            return self._show(case, **problem)

        return carry_out(CASE_ACTS, case, post, CASE % ref, again)

    def _show(self, case, **problem):
        view = case.view
        return show(
            "hr_career_focus.page_case",
            CASE % case.ref,
            {"view": view, "may": view.actions},
            **problem,
        )


def _accept(case, form):
    form.require_yes()
    case.accept()
    return Done(form.env._("You have taken this case."))


def _refuse(case, form):
    form.require_yes()
    case.refuse()
    return Done(
        form.env._("You have given the case back. You no longer have access to it."),
        path=LIST,
    )


def _agreement(case, form):
    sessions = form.amount("sessions", form.env._("Number of sessions"), 1, 50)
    hours = form.amount("hours", form.env._("Hours in all"), 0.5, 200)
    case.propose_agreement(
        {
            "goal": form.text("goal", form.env._("Goal"), required=True),
            "approach": form.text("approach", form.env._("How we work")),
            "sessions": f"{sessions:g}",
            "hours": f"{hours:g}",
            "both_sides": form.text(
                "both_sides", form.env._("What we promise each other")
            ),
            "reporting": form.text(
                "reporting", form.env._("What goes to the employer")
            ),
        }
    )
    return Done(form.env._("The agreement is proposed. Now sign it."), "agreement")


def _sign(case, form):
    case.sign(form.entry("version"))
    return Done(form.env._("You have signed the agreement."), "agreement")


def _session(case, form):
    on = form.moment(
        "on", form.env._("Day and time"), form.today - EARLIEST, form.today + LATEST
    )
    case.propose_session(
        {
            "on": on.isoformat(timespec="minutes"),
            "where": form.line("where", form.env._("Place or link")),
            "modality": form.choice(
                "modality", form.env._("How you meet"), {"", *MODALITIES}
            ),
            "note": form.text("note", form.env._("Note")),
        }
    )
    return Done(
        form.env._("The session is proposed. The other confirms it."), "sessions"
    )


def _mark(case, form):
    status = form.choice("status", form.env._("what happened"), {"held", "cancelled"})
    hours = ""
    if status == "held":
        hours = form.amount("hours", form.env._("Hours"), 0.25, 24)
    case.mark_session(form.entry(), status, hours)
    return Done(form.env._("The session is recorded."), "sessions")


def _message(case, form):
    text = form.text("text", form.env._("Message"), required=True)
    case.write(c.MESSAGE, c.COACH, {"text": text})
    return Done(form.env._("Your message is sent."), "messages")


def _phase(case, form):
    case.set_phase(
        form.choice("code", form.env._("Phase"), dict(c.PHASES)), form.is_yes("enter")
    )
    return Done(form.env._("The phases are up to date."), "phases")


def _share_again(case, form):
    form.require_yes()
    case.share_again()
    return Done(
        form.env._("What you share is sealed for the keys you both have now."), "keys"
    )


def _remove(case, form):
    case.remove(form.entry())
    return Done(
        form.env._("Removed. Until tonight you can bring it back here."),
        "messages",
        undo=form.entry(),
    )


def _restore(case, form):
    case.restore(form.entry())
    return Done(form.env._("It is back."))


def _end_aftercare(case, form):
    form.require_yes()
    case.end_aftercare()
    return Done(
        form.env._("The aftercare is ended. You no longer have access to the case."),
        path=LIST,
    )


CASE_ACTS = {
    "accept": _accept,
    "refuse": _refuse,
    "agreement": _agreement,
    "sign": _sign,
    "session": _session,
    "mark": _mark,
    "message": _message,
    "phase": _phase,
    "share_again": _share_again,
    "remove": _remove,
    "restore": _restore,
    "end_aftercare": _end_aftercare,
}
