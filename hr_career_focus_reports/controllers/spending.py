"""The page on which published spending of budgets is read."""

from odoo import http
from odoo.http import request

from odoo.addons.hr_career_focus.controllers.common import guarded, missing

from .spending_view import SpendingPage


class SpendingController(http.Controller):
    """Shows published rows to those they are for; to anyone else the page is missing.

    Everything is read as superuser after the reader's role is known: who owns a budget
    has no access to the models themselves.
    """

    @http.route(
        "/focus/spending",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    @guarded
    def spending(self, **_params):
        user = request.env.user
        everything = user._career_reads_all_spending()
        owned = user._career_owned_budgets()
        companies = owned.company_id
        if everything:
            companies |= user.company_ids
        if not companies:
            return missing()
        pages = [
            SpendingPage(
                request.env,
                company,
                owned.filtered(lambda one, here=company: one.company_id == here),
                everything and company in user.company_ids,
            )
            for company in companies.sudo().sorted("name")
        ]
        return request.render(
            "hr_career_focus_reports.spending_page",
            {"companies": [page.view() for page in pages]},
        )
