"""The published figures as files: report, one page, CSV, workbook, open data."""

import json

from odoo import http
from odoo.http import request

from odoo.addons.hr_career_focus.casework.errors import NotYours
from odoo.addons.hr_career_focus.controllers.common import guarded
from odoo.addons.hr_career_focus.controllers.files import PDF, attachment

from ..engine import open_data
from ..reports.council_paper import council_pdf
from ..reports.figures import YearFigures
from ..reports.summary_paper import summary_pdf
from ..reports.tables import to_csv, to_xlsx
from .addresses import whole

UPTAKE = "/focus/uptake"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class UptakeDocuments(http.Controller):
    """Files for those who read all published rows; to anyone else they are missing.

    A manager reads the own part on a page and takes no file away. No file says who
    made it or when, and none is kept.
    """

    @http.route(
        f"{UPTAKE}/<string:company>/<string:year>/<string:name>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    @guarded
    def document(self, company, year, name, language=None, **_params):
        """Give a file about a year, in the reader's language or an installed one.

        :raises NotYours: for what is missing and for what is not the reader's.
        """
        user = request.env.user
        company_id, year = whole(company), whole(year)
        company = user.company_ids.filtered(lambda one: one.id == company_id)
        if (
            name not in FILES
            or not company
            or not year
            or not user._career_reads_all_uptake()
        ):
            raise NotYours
        env = request.env
        if language:
            installed = dict(env["res.lang"].get_installed())
            if language not in installed:
                raise NotYours
            env = env(context={**env.context, "lang": language})
        figures = YearFigures(env, company.with_env(env).sudo(), year)
        if not figures:
            raise NotYours
        kind, make, saved_as = FILES[name]
        return attachment(make(figures), kind, saved_as % year)


def open_json(figures):
    """Return the year as open data; without a figure of the year there is none.

    :raises NotYours: as long as only quarters were published.
    """
    if not figures.yearly:
        raise NotYours
    found = open_data.document(
        figures.yearly._content(),
        figures.yearly.digest,
        [one._content() for one in figures.quarterly],
        employer=figures.company.name,
        country=figures.company.country_id.code or "",
    )
    return (json.dumps(found, ensure_ascii=False, indent=2) + "\n").encode()


#: Name in the address: type, maker, name on the reader's disk.
FILES = {
    "report.pdf": (PDF, council_pdf, "uptake-%s-report.pdf"),
    "summary.pdf": (PDF, summary_pdf, "uptake-%s-summary.pdf"),
    "figures.csv": ("text/csv; charset=utf-8", to_csv, "uptake-%s.csv"),
    "figures.xlsx": (XLSX, to_xlsx, "uptake-%s.xlsx"),
    "open.json": ("application/json", open_json, "uptake-%s-open.json"),
}
