"""The own data as a file, and deleting the own case with a certificate."""

import json

from odoo import http
from odoo.http import request

from ..casework import EmployeeDoor, certificate, deleting, own_data
from ..casework.errors import CaseworkError
from .common import Done, free_number, guarded, leave_news, repeat_of, show
from .employee import HOME, EmployeePages
from .files import PDF, attachment
from .forms import Form
from .own_data_paper import (
    certificate_facts,
    certificate_lines,
    certificate_pdf,
    certificate_text,
    own_data_pdf,
)
from .own_key import with_own_key

DATA = "/my/focus/file/<string:ref>/data"
DELETE = "/my/focus/file/<string:ref>/delete"
CERTIFICATE = "/my/focus/certificate"


class OwnDataPages(http.Controller):
    """Everything is made in the answer: no file, no attachment, no session."""

    @http.route(DATA, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def data(self, ref, **post):
        return file_of(with_own_key(EmployeeDoor(request.env)).case(ref), post)

    @http.route(DELETE, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def delete(self, ref, **post):
        once = post.get("once")
        if repeat_of(once):
            return after_repeat()
        case = with_own_key(EmployeeDoor(request.env)).case(ref)
        try:
            Form(request.env, post, request.httprequest.form).require_yes()
            erased = deleting.delete(case)
        except CaseworkError as error:
            free_number(once)
            return EmployeePages()._show_file(
                case,
                error=str(error),
                error_anchor="form-delete",
                typed=post,
                status=422,
            )
        return show_certificate(erased, HOME, CERTIFICATE)

    @http.route(CERTIFICATE, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def certificate(self, **post):
        return certificate_file(post)


def file_of(case, post):
    """Return the own data of a case as the file that was asked for."""
    found = own_data.collect(case)
    if post.get("as") == "pdf":
        return attachment(own_data_pdf(request.env, found), PDF, "focus.pdf")
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return attachment(text.encode(), "application/json", "focus.json")


def show_certificate(erased, back, path):
    """Show, once, what was destroyed; its file is made from the sealed certificate."""
    return show(
        "hr_career_focus.page_certificate",
        path,
        {
            "lines": certificate_lines(request.env, erased),
            "facts": certificate_facts(request.env, erased),
            "sealed": certificate.sealed(erased, request.env.uid),
            "back": back,
        },
    )


def certificate_file(post):
    """Return a certificate that this very login was shown, as a file."""
    erased = certificate.opened(post.get("certificate"), request.env.uid)
    if post.get("as") == "text":
        text = certificate_text(request.env, erased)
        return attachment(text.encode(), "text/plain; charset=utf-8", "deleted.txt")
    return attachment(certificate_pdf(request.env, erased), PDF, "deleted.pdf")


def after_repeat():
    """Answer a deletion that was sent twice."""
    text = request.env._("This was sent before. Nothing was done twice.")
    leave_news(HOME, Done(text))
    return request.redirect(HOME, code=303)
