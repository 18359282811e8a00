"""The employee's pages: rights, the request, and the own file."""

from odoo import http
from odoo.http import request

from ..casework import EmployeeDoor
from ..casework import constants as c
from ..casework.errors import NotYours
from ..casework.measures import rooms
from .common import Done, carry_out, guarded, show
from .forms import FormError
from .own_key import with_own_key
from .own_voucher import VOUCHER_ACTS, shown_voucher

HOME = "/my/focus"
START = "/my/focus/start"
FILE = "/my/focus/file/%s"
RIGHT_PREFIX = "right-"
#: Each right has a field of its own for how much to reserve.
QUANTITY_PREFIX = "quantity-"
SHARED = "shared"


class EmployeePages(http.Controller):
    """Pages for whoever works here, at addresses that say nothing."""

    # Reading the rights and the coaches leaves no trace: the cursor cannot write.
    @http.route(
        HOME, type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    @guarded
    def home(self, **kwargs):
        try:
            door = EmployeeDoor(request.env)
        except NotYours:
            return show("hr_career_focus.page_focus", HOME, {"door": None})
        return show_home(door)

    @http.route(
        START, type="http", auth="user", website=True, methods=["GET"], readonly=True
    )
    @guarded
    def start(self, **kwargs):
        door = EmployeeDoor(request.env)
        running = door.running_ref()
        if running:
            return request.redirect(FILE % running, code=303)
        if not door.is_open:
            return request.redirect(HOME, code=303)
        return self._show_start(door)

    @http.route(START, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def send_request(self, **post):
        door = EmployeeDoor(request.env)

        def again(**problem):
            return self._show_start(door, **problem)

        return carry_out({"request": _request}, door, post, START, again)

    def _show_start(self, door, **problem):
        typed = problem.get("typed")
        multi = request.httprequest.form
        return show(
            "hr_career_focus.page_start",
            START,
            {
                "rights": [right for right in door.rights() if right.can_request],
                "coaches": door.coaches(),
                "excluded": set(multi.getlist("exclude")) if typed else set(),
                "right_prefix": RIGHT_PREFIX,
                "quantity_prefix": QUANTITY_PREFIX,
                "reservable": door.reservable(),
                "company": door.company.sudo(),
                "email": request.env.user.email or "",
            },
            **problem,
        )

    @http.route(
        f"{HOME}/file/<string:ref>",
        type="http",
        auth="user",
        website=True,
        methods=["GET"],
    )
    @guarded
    def file(self, ref, **kwargs):
        return self._show_file(with_own_key(EmployeeDoor(request.env)).case(ref))

    @http.route(
        f"{HOME}/file/<string:ref>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    @guarded
    def change_file(self, ref, **post):
        case = with_own_key(EmployeeDoor(request.env)).case(ref)

        def again(**problem):
            return self._show_file(case, **problem)

        return shown_voucher(case, post, FILE % ref, again) or carry_out(
            FILE_ACTS, case, post, FILE % ref, again
        )

    def _show_file(self, case, **problem):
        view = case.view
        return show(
            "hr_career_focus.page_file",
            FILE % case.ref,
            {
                "view": view,
                "ticked": request.httprequest.form.getlist("outcome"),
                "may": view.actions,
                "privacy_contact": case.door.company.sudo().career_privacy_contact,
            },
            **problem,
        )


def show_home(door, **problem):
    """Render the own page, also with what went wrong in a form on it."""
    rights = door.all_rights()
    return show(
        "hr_career_focus.page_focus",
        HOME,
        {
            "door": door,
            "company": door.company.sudo(),
            "rights": rights,
            "public_rights": door.public_rights(rights),
            "lapses": door.lapses() if door.is_open else [],
            "reminder": door.reminder(),
            "email": request.env.user.email or "",
            "holders": door.desk_holders(),
            "running": door.running_ref(),
            "past": door.past(),
            "rooms": rooms(door.env, door.employee, door.today),
            "privacy_contact": door.company.sudo().career_privacy_contact,
        },
        **problem,
    )


def _request(door, form):
    rights = {
        f"{RIGHT_PREFIX}{right.rule_id}": right.rule_id for right in door.rights()
    }
    what = form.choice(
        "what", form.env._("what you ask for"), {*rights, c.CAREER_FOCUS}
    )
    ref = door.request(
        kind=c.OWN_RIGHT if what in rights else c.CAREER_FOCUS,
        rule_id=rights.get(what),
        coach_id=form.number_of("coach"),
        excluded_coach_ids=form.numbers_of("exclude"),
        alias=form.line("alias", form.env._("How your coach calls you")),
        channel=form.choice(
            "channel",
            form.env._("how you hear from us"),
            {c.CHANNEL_NONE, c.CHANNEL_MAIL},
        ),
        address=form.email("address", form.env._("E-mail address")),
        question=form.text("question", form.env._("Your question")),
        quantity=form.line(
            f"{QUANTITY_PREFIX}{rights.get(what)}", form.env._("How much to reserve")
        ),
    )
    return Done(
        form.env._(
            "Your request is sent. Only the career desk and, later, your coach know."
        ),
        path=FILE % ref,
    )


def _sign(case, form):
    case.sign(form.entry("version"))
    return Done(form.env._("You have signed the agreement."), "agreement")


def _phase(case, form):
    case.set_phase(
        form.choice("code", form.env._("Phase"), dict(c.PHASES)), form.is_yes("enter")
    )
    return Done(form.env._("Your phases are up to date."), "phases")


def _message(case, form):
    text = form.text("text", form.env._("Message"), required=True)
    case.write(c.MESSAGE, c.COACH, {"text": text})
    return Done(form.env._("Your message is sent to your coach."), "messages")


def _note(case, form):
    case.write(c.NOTE, c.SELF, _note_fields(form))
    return Done(form.env._("Your note is saved. Only you can read it."), "notes")


def _note_fields(form):
    return {
        "title": form.line("title", form.env._("Title")),
        "text": form.text("text", form.env._("Note"), required=True),
    }


def _plan(case, form):
    shared = form.is_yes(SHARED)
    fields = {
        "ambitions": form.text("ambitions", form.env._("What I want")),
        "strengths": form.text("strengths", form.env._("What I am good at")),
        "steps": form.text("steps", form.env._("My next steps")),
        "text": form.text("text", form.env._("Anything else")),
    }
    if not any(fields.values()):
        raise FormError(
            form.env._("Your plan is still empty. Fill in one of the fields.")
        )
    case.write(c.PLAN, c.COACH if shared else c.SELF, fields)
    if shared:
        return Done(
            form.env._("Your plan is saved, and your coach can read it."), "plan"
        )
    return Done(form.env._("Your plan is saved. Only you can read it."), "plan")


def _exploration(case, form):
    shared = form.is_yes(SHARED)
    case.write(c.EXPLORATION, c.COACH if shared else c.SELF, _exploration_fields(form))
    return Done(form.env._("Your discovery is saved."), "log")


def _exploration_fields(form):
    on = form.day("on", form.env._("The day"), latest=form.today)
    return {
        "on": on.isoformat() if on else "",
        "tried": form.text("tried", form.env._("What I tried"), required=True),
        "learned": form.text("learned", form.env._("What I learned")),
        "next_step": form.text("next_step", form.env._("My next step")),
    }


#: Parts of the page an entry can be removed from.
REMOVABLE = ("notes", "log", "messages", "plan")
#: What can be edited: field ``what`` of the form -> (fields, part of the page).
EDITABLE = {
    c.NOTE: (_note_fields, "notes"),
    c.EXPLORATION: (_exploration_fields, "log"),
}


def _edit(case, form):
    read, anchor = EDITABLE[form.choice("what", form.env._("what to change"), EDITABLE)]
    case.edit(form.entry(), read(form))
    return Done(form.env._("Your change is saved."), anchor)


def _share_again(case, form):
    form.require_yes()
    case.share_again()
    return Done(
        form.env._("What you share is sealed for the keys you both have now."), "keys"
    )


def _seal_earlier(case, form):
    case.seal_earlier()
    return Done(form.env._("Your earlier texts are sealed with own keys now."), "keys")


def _remove(case, form):
    case.remove(form.entry())
    return Done(
        form.env._("Removed. Until tonight you can bring it back here."),
        form.choice("part", form.env._("what to remove"), REMOVABLE),
        undo=form.entry(),
    )


def _restore(case, form):
    case.restore(form.entry())
    return Done(form.env._("It is back."))


def _answer(case, form):
    status = form.choice("reply", form.env._("your answer"), {"confirmed", "cancelled"})
    case.answer_session(form.entry(), status)
    if status == "confirmed":
        return Done(form.env._("The session is confirmed."), "sessions")
    return Done(form.env._("The session is cancelled."), "sessions")


def _ask_measure(case, form):
    case.ask_measure(
        form.choice(
            "what", form.env._("Help with"), {one.kind for one in case.rooms()}
        ),
        form.line("wanted", form.env._("What it costs"), required=True),
        form.text("text", form.env._("What you want to do"), required=True),
    )
    return Done(
        form.env._("Asked. The amount is set aside until the desk has answered."),
        "measures",
    )


def _back_measure(case, form):
    case.take_measure_back(form.entry())
    return Done(form.env._("You have taken it back."), "measures")


def _withdraw(case, form):
    form.require_yes()
    case.withdraw()
    return Done(form.env._("You have stopped. Nobody asks you why."))


def _swap(case, form):
    form.require_yes()
    case.swap()
    return Done(
        form.env._("The desk looks for another coach. Your coach no longer has access.")
    )


def _close(case, form):
    form.require_yes()
    outcomes = form.choices("outcome", [code for code, _label in c.OUTCOMES])
    case.close(outcomes, form.text("text", form.env._("In your own words")))
    return Done(form.env._("Your traject is closed. You can still reach your coach."))


def _odd(case, form):
    case.call_odd(form.entry(), form.text("text", form.env._("What is odd about it")))
    return Done(
        form.env._("The privacy officer is told. You read the answer here."), "openings"
    )


def _odd_back(case, form):
    case.take_odd_back(form.entry())
    return Done(form.env._("You have taken it back. Nobody has read it."), "openings")


FILE_ACTS = {
    "sign": _sign,
    "phase": _phase,
    "message": _message,
    "note": _note,
    "plan": _plan,
    "exploration": _exploration,
    "edit": _edit,
    "seal_earlier": _seal_earlier,
    "share_again": _share_again,
    "remove": _remove,
    "restore": _restore,
    "answer": _answer,
    "ask_measure": _ask_measure,
    "back_measure": _back_measure,
    "withdraw": _withdraw,
    "swap": _swap,
    "close": _close,
    "odd": _odd,
    "odd_back": _odd_back,
    **VOUCHER_ACTS,
}
