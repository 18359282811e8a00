from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import values

#: What is missing, by the reason the engine gives for "not known".
MISSING_BY_REASON = {
    values.NO_START_DATE: "no_start_date",
    values.NO_AGREEMENT: "no_agreement",
    values.HOURS_UNKNOWN: "no_hours",
    values.WAGE_UNKNOWN: "no_wage",
    values.BIRTHDAY_UNKNOWN: "no_birthday",
    values.CATEGORY_UNKNOWN: "no_category",
}


class CareerFactGap(models.Model):
    """Employees of whom HR misses a fact that a right of theirs depends on.

    They read "ask the career desk" on their page, whether they look or not. The list
    is worked out whenever it is shown, for everybody, by the same engine with no uses
    at all: no table of the vault is read and nothing is stored, so whether, when and
    what anybody asked cannot change a line of it.

    It tells which fact is missing and never what is on record.
    """

    _name = "hr.career.fact.gap"
    _description = "Employee with Missing Facts"
    _auto = False
    _order = "employee_id, id"
    _rec_name = "employee_id"

    employee_id = fields.Many2one("hr.employee", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    missing = fields.Char(compute="_compute_missing")
    no_start_date = fields.Boolean("First day of the contract", readonly=True)
    no_agreement = fields.Boolean("Collective agreement", readonly=True)
    no_hours = fields.Boolean("Hours of a week", readonly=True)
    no_wage = fields.Boolean("Wage of a month", readonly=True)
    no_birthday = fields.Boolean("Birthday", readonly=True)
    no_category = fields.Boolean("Kind of worker", readonly=True)

    @property
    def _table_query(self):
        names = list(MISSING_BY_REASON.values())
        ids, company_ids, flags = [], [], {name: [] for name in names}
        for employee, gaps in self._gaps():
            ids.append(employee.id)
            company_ids.append(employee.company_id.id)
            for name in names:
                flags[name].append(name in gaps)
        columns = SQL(", ").join(
            [
                SQL("%s::int[]", ids),
                SQL("%s::int[]", company_ids),
                *(SQL("%s::bool[]", flags[name]) for name in names),
            ]
        )
        return SQL(
            "SELECT employee_id AS id, * FROM unnest(%s) AS gap(%s)",
            columns,
            SQL(", ").join(
                SQL.identifier(name) for name in ("employee_id", "company_id", *names)
            ),
        )

    @api.model
    def _gaps(self):
        """Return each employee with missing facts, and the names of what is missing.

        As superuser: the facts themselves are HR managers' only, and stay here.
        """
        employees = (
            self.env["hr.employee"]
            .sudo()
            .search_fetch([("active", "=", True)], ["company_id"], order="id")
        )
        today = fields.Date.context_today(self)
        answers = (
            self.env["hr.career.entitlement"].sudo()._entitlements(employees, today, {})
        )
        for employee in employees:
            gaps = {
                MISSING_BY_REASON[reason.code]
                for answer in answers[employee.id]
                if answer.status == values.UNKNOWN
                for reason in answer.reasons
                if reason.code in MISSING_BY_REASON
            }
            if gaps:
                yield employee, gaps

    @api.depends(*MISSING_BY_REASON.values())
    @api.depends_context("lang")
    def _compute_missing(self):
        labels = {
            name: self._fields[name].get_description(self.env, ["string"])["string"]
            for name in MISSING_BY_REASON.values()
        }
        for gap in self:
            gap.missing = ", ".join(
                label for name, label in labels.items() if gap[name]
            )

    def action_open_employee(self):
        """Open the employee, to fill in what is missing."""
        self.ensure_one()
        return self.employee_id.get_formview_action()
