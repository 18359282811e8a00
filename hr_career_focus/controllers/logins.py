"""Putting a login right: typing the password or the code, and the desk's part."""

from odoo import http
from odoo.exceptions import AccessDenied
from odoo.http import request

from ..casework import logins
from .common import LOGIN, closed, guarded, own_path


class LoginPages(http.Controller):
    """The same pages for every login, whoever it is."""

    @http.route(LOGIN, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def login(self, **kwargs):
        reason = logins.closed_because(request.env)
        return closed(reason) if reason else request.redirect(own_path(), code=303)

    @http.route(LOGIN, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def put_right(self, do="", password="", **post):
        reason = logins.closed_because(request.env)
        error = None
        if do == "confirm" and reason == logins.CONFIRM:
            error = _confirm(password)
        if error:
            anchor = f"form-{do}"
            return closed(reason, error=error, error_anchor=anchor, status=422)
        return request.redirect(own_path(), code=303)


def _confirm(password):
    """Return what went wrong, or None."""
    try:
        logins.confirm(request.env, password)
    except AccessDenied:
        return request.env._(
            "This is not your password, or it was wrong too often. Try again in a "
            "minute."
        )
    return None
