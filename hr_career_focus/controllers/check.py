"""The self-check's page, for the works council and the privacy officer."""

from odoo import http
from odoo.http import request

from ..selfcheck.door import CheckDoor
from ..selfcheck.report import state_name
from .check_paper import check_pdf
from .common import Done, carry_out, guarded, show

CHECK = "/focus/check"


class CheckPages(http.Controller):
    """One button, what was found first, and what to do about it."""

    @http.route(CHECK, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def check(self, **kwargs):
        return self._show(CheckDoor(request.env))

    @http.route(CHECK, type="http", auth="user", website=True, methods=["POST"])
    @guarded
    def act(self, **post):
        door = CheckDoor(request.env)

        def again(**problem):
            return self._show(door, **problem)

        return carry_out(ACTS, door, post, CHECK, again)

    @http.route(
        f"{CHECK}/progress", type="http", auth="user", website=True, methods=["GET"]
    )
    @guarded
    def progress(self, **kwargs):
        step = CheckDoor(request.env).progress()
        return request.make_json_response({"step": step and step[0]})

    @http.route(
        f"{CHECK}/paper", type="http", auth="user", website=True, methods=["POST"]
    )
    @guarded
    def paper(self, **post):
        door = CheckDoor(request.env)
        report = door.report()
        if not report:
            return request.redirect(CHECK, code=303)
        return request.make_response(
            check_pdf(request.env, report, door.history()[1]),
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", 'attachment; filename="check.pdf"'),
            ],
        )

    def _show(self, door, **problem):
        runs, accepted = door.history()
        env = request.env
        return show(
            "hr_career_focus.page_check",
            CHECK,
            {
                "report": door.report(),
                "runs": runs,
                "accepted": accepted,
                "state_name": lambda state: state_name(env, state),
                "steps": step_names(env),
            },
            **problem,
        )


def step_names(env):
    """Return what the reader is told while each step runs."""
    return [
        env._("Rights, groups and logins"),
        env._("Fields and records that point here"),
        env._("Actions, pages and scripts"),
        env._("Program files and the running program"),
        env._("Database, settings and the access log"),
        env._("A made-up case, tried as every role"),
    ]


def _check(door, form):
    line = door.check()
    if line.findings:
        text = form.env._("Checked. There are findings: see below what to do.")
    else:
        text = form.env._("Checked. Nothing was found.")
    return Done(text)


def _accept(door, form):
    door.accept(
        form.text("note", form.env._("Why this is right"), required=True),
        form.line("picture", form.env._("This check")),
    )
    return Done(
        form.env._("Accepted and signed. Check again: only what is new shows now."),
        anchor="check",
    )


ACTS = {"check": _check, "accept": _accept}
