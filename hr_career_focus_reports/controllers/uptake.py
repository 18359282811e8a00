"""The page on which published uptake is read."""

from odoo import http
from odoo.http import request
from odoo.tools import formatLang

from odoo.addons.hr_career_focus.controllers.common import guarded, missing

from .uptake_view import BENCHMARK_PERCENT, BENCHMARK_YEAR, UptakePage


class UptakeController(http.Controller):
    """Shows published rows to those they are for; to anyone else the page is missing.

    Everything is read as superuser after the reader's role is known, because no role
    of a manager has access to the models themselves.
    """

    @http.route(
        "/focus/uptake",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    @guarded
    def uptake(self, **_params):
        user = request.env.user
        everything = user._career_reads_all_uptake()
        departments = user._career_managed_departments()
        managed = departments.grouped(
            # a department that companies share counts where its manager works
            lambda department: department.company_id or department.manager_id.company_id
        )
        companies = request.env["res.company"].sudo().union(*managed)
        if everything:
            companies |= user.company_ids
        if not companies:
            return missing()
        pages = [
            UptakePage(
                request.env,
                company,
                managed.get(company, departments.browse()),
                everything and company in user.company_ids,
            )
            for company in companies.sorted("name")
        ]
        return request.render(
            "hr_career_focus_reports.uptake_page",
            {
                "companies": [page.view() for page in pages],
                "benchmark_percent": formatLang(
                    request.env, BENCHMARK_PERCENT, digits=1
                ),
                "benchmark_year": BENCHMARK_YEAR,
            },
        )
