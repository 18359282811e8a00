"""The page on which the works council tries other rules."""

from odoo import http
from odoo.http import request

from odoo.addons.hr_career_focus.controllers.common import guarded, missing

from .addresses import whole
from .whatif_view import Question, WhatIfPage


class WhatIfController(http.Controller):
    """Answers from headcounts and lots; no case and no release is opened for it."""

    @http.route(
        "/focus/uptake/<string:company>/what-if",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    @guarded
    def what_if(self, company, **asked):
        user = request.env.user
        company_id = whole(company)
        company = user.company_ids.filtered(lambda one: one.id == company_id)
        if not company or not user._career_reads_all_uptake():
            return missing()
        page = WhatIfPage(request.env, company.sudo())
        question = Question.filled_in(asked, page.rules)
        return request.render(
            "hr_career_focus_reports.whatif_page", {"view": page.view(question)}
        )
