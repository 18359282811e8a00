"""Money without names: statements of settlements, and whether all is in balance."""

from odoo import http
from odoo.http import request
from odoo.tools import format_amount

from ..casework.errors import NotYours
from ..casework.reconciling import MoneyDoor, fault_text
from . import wording
from .common import guarded, show
from .statement_paper import statement_pdf

MONEY = "/focus/money"
KINDS = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


class MoneyPages(http.Controller):
    @http.route(MONEY, type="http", auth="user", website=True, methods=["GET"])
    @guarded
    def money(self, **kwargs):
        view = MoneyDoor(request.env).view()
        values = {
            "view": view,
            "faults": [fault_text(request.env, code) for code in view.faults],
            "unit": unit_text,
            "years": years_text,
            "figure": figure_text,
        }
        return show("hr_career_focus.page_money", MONEY, values)

    @http.route(
        f"{MONEY}/<string:ref>/<string:kind>", type="http", auth="user", methods=["GET"]
    )
    @guarded
    def statement(self, ref, kind, **kwargs):
        """Give the statement of a settlement to whoever may read the settlement."""
        found = request.env["hr.career.settlement"].search([("ref", "=", ref)])
        if kind not in KINDS or not found:
            raise NotYours
        if kind == "pdf":
            content = statement_pdf(found)
        else:
            content = found._statement().to_csv().encode()
        name = f"settlement-{found.month_to:%Y-%m}-{found.ref[:8]}.{kind}"
        headers = [
            ("Content-Type", KINDS[kind]),
            ("Content-Length", len(content)),
            ("Content-Disposition", http.content_disposition(name)),
        ]
        return request.make_response(content, headers)


def unit_text(line):
    """What a line of the balance is counted in."""
    units = request.env["hr.career.entitlement.rule"]._fields["unit"]
    labels = dict(units._description_selection(request.env))
    return line.currency.name or labels[line.unit]


def years_text(row):
    """The year of a row, or the years that are shown together."""
    return str(row.last) if row.first == row.last else f"{row.first}–{row.last}"


def figure_text(line, number):
    """A sum of money, or a number of hours or the like."""
    if line.currency:
        return format_amount(request.env, float(number), line.currency)
    return wording.Say(request.env).number(number)
