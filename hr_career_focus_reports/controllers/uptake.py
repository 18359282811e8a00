"""The page on which published uptake is read, and proved once more."""

from odoo import http
from odoo.http import request
from odoo.tools import formatLang

from odoo.addons.hr_career_focus.controllers.common import guarded, missing

from . import sentences
from .addresses import whole
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
    def uptake(self, year=None, **_params):
        is_year = len(year or "") == 4 and year.isdecimal()
        return self._page(int(year) if is_year else None)

    @http.route(
        "/focus/uptake/<string:company>/<string:year>/<string:period>/prove",
        type="http",
        auth="user",
        methods=["POST"],
        website=True,
    )
    @guarded
    def prove(self, company, year, period, **_post):
        user = request.env.user
        company_id, year = whole(company), whole(year)
        if not (user._career_reads_all_uptake() and company_id in user.company_ids.ids):
            return missing()
        releases = request.env["hr.career.release"].search(
            [("company_id", "=", company_id), ("period", "=", period)]
        )
        # A year from an address may be larger than a column holds.
        release = releases.filtered(lambda one: one.year == year)
        if not release:
            return missing()
        outcome = sentences.outcome(request.env, release._prove())
        return self._page(year, {(company_id, release.year, release.period): outcome})

    def _page(self, year, outcomes=None):
        """Render what the reader may see of every company.

        :param year: the year to show, for those who read everything.
        :param outcomes: what was proved just now, per company, year and period.
        """
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
        views = [
            UptakePage(
                request.env,
                company,
                managed.get(company, departments.browse()),
                everything and company in user.company_ids,
                year,
            ).view()
            for company in companies.sorted("name")
        ]
        return request.render(
            "hr_career_focus_reports.uptake_page",
            {
                "companies": views,
                "outcomes": outcomes or {},
                "reads_spending": user._career_reads_all_spending(),
                "benchmark_percent": formatLang(
                    request.env, BENCHMARK_PERCENT, digits=1
                ),
                "benchmark_year": BENCHMARK_YEAR,
            },
        )
