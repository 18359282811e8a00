"""Putting a login right: typing the password or the code, and the desk's part."""

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..casework import login_code, logins
from ..casework.errors import CaseworkError
from ..casework.login_code import CodeDoor
from ..casework.login_desk import BY_VIDEO, IN_PERSON, KNOWN, LoginsDoor
from .common import LOGIN, Done, carry_out, closed, guarded, leave_news, own_path, show
from .forms import YES

CODE = "/my/focus/code"
LOGINS = "/focus/logins"


class LoginPages(http.Controller):
    """The same pages for every login, whoever it is."""

    @http.route(LOGIN, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def login(self, **kwargs):
        reason = logins.closed_because(request.env)
        return closed(reason) if reason else request.redirect(own_path(), code=303)

    @http.route(LOGIN, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def put_right(self, do="", password="", code="", seen="", **post):
        reason = logins.closed_because(request.env)
        error = None
        if do == "confirm" and reason == logins.CONFIRM:
            error = _confirm(password, seen if post.get("know") == YES else "")
        elif do == "code" and reason == logins.CODE:
            error = _give_code(code)
        if error:
            anchor = f"form-{do}"
            return closed(reason, error=error, error_anchor=anchor, status=422)
        return request.redirect(own_path(), code=303)

    # -- the own code ------------------------------------------------------------

    @http.route(CODE, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def code(self, **kwargs):
        return _show_code(CodeDoor(request.env))

    @http.route(CODE, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def change_code(self, do="", **post):
        """Set, change or remove the code. A wrong one counts, so nothing is undone."""
        door = CodeDoor(request.env)
        try:
            done = CODE_ACTS[do](door, post) if do in CODE_ACTS else None
        except CaseworkError as error:
            return _show_code(door, str(error), do)
        if done is None:
            return _show_code(door, _wrong_code(), do)
        leave_news(CODE, Done(done))
        return request.redirect(CODE, code=303)

    # -- the desk's part ---------------------------------------------------------

    @http.route(LOGINS, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def logins(self, **kwargs):
        LoginsDoor(request.env)
        return _show_logins()

    @http.route(LOGINS, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def restore(self, **post):
        door = LoginsDoor(request.env)
        return carry_out({"open": _restore}, door, post, LOGINS, _show_logins)


def _confirm(password, seen):
    """Return what went wrong, or None."""
    try:
        logins.confirm(request.env, password, seen)
    except CaseworkError as error:
        return str(error)
    except AccessDenied:
        return request.env._(
            "This is not your password, or it was wrong too often. Try again in a "
            "minute."
        )
    return None


def _give_code(code):
    return None if login_code.give(request.env, code) else _wrong_code()


def _wrong_code():
    return request.env._(
        "This is not your code, or it was wrong too often. After five wrong codes you "
        "wait a quarter of an hour. Did you lose it? The career desk can help."
    )


def _show_code(door, error=None, do=""):
    problem = {"error": error, "error_anchor": f"form-{do}"} if error else {}
    return show(
        "hr_career_focus.page_code",
        CODE,
        {"has_code": door.has_code, "has_password": door.has_password},
        status=422 if error else 200,
        **problem,
    )


def _new_code(post):
    """Return the new code, typed twice."""
    if post.get("code") != post.get("again"):
        raise CaseworkError(
            request.env._("You typed two different codes. Type the same one twice.")
        )
    return post.get("code")


def _set(door, post):
    door.set(post.get("password"), _new_code(post))
    return request.env._("Your code is set. From now on it is asked here.")


def _change(door, post):
    if door.change(post.get("old"), _new_code(post)):
        return request.env._("Your code is changed.")
    return None


def _remove(door, post):
    if door.remove(post.get("old")):
        return request.env._("Your code is removed. It is no longer asked.")
    return None


#: What went well in a sentence, or None for a wrong code.
CODE_ACTS = {"set": _set, "change": _change, "remove": _remove}


def _show_logins(**problem):
    ways = {"IN_PERSON": IN_PERSON, "BY_VIDEO": BY_VIDEO, "KNOWN": KNOWN}
    return show("hr_career_focus.page_logins", LOGINS, {"ways": ways}, **problem)


def _restore(door, form):
    form.require_yes()
    door.restore(
        form.line("login", form.env._("Login"), required=True),
        form.line("number", form.env._("Number"), required=True),
        form.choice(
            "checked",
            form.env._("how you checked who it is"),
            {IN_PERSON, BY_VIDEO, KNOWN},
        ),
    )
    return Done(
        form.env._("The login is open again. Its owner gets an e-mail about it.")
    )
