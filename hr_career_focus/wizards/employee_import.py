"""Import employees and their contracts from a file: dry run first, then for real."""

import base64
import logging

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tools import SQL

from ..importer import plan, read
from ..importer.columns import COLUMNS
from ..importer.planning import CREATE, ERRONEOUS, OUTCOMES, UPDATE
from ..importer.values import ERROR
from .employee_import_texts import column_texts, problem_text, problem_texts
from .employee_snapshot import NAMESPACE, snapshot
from .employee_writer import EmployeeWriter

_logger = logging.getLogger(__name__)

UPLOAD = "upload"
CHECKED = "checked"
DONE = "done"


class EmployeeImport(models.TransientModel):
    """A file of employees, the report of its dry run, and the import itself.

    The file is read again for every step: what the browser holds of the report is
    only to look at.
    """

    _name = "hr.career.employee.import"
    _description = "Import Employees"

    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company
    )
    state = fields.Selection(
        [(UPLOAD, "File"), (CHECKED, "Check"), (DONE, "Done")],
        default=UPLOAD,
        readonly=True,
    )
    data_file = fields.Binary(string="CSV File", attachment=False)
    data_name = fields.Char(string="File Name")
    column_table = fields.Html(
        compute="_compute_column_table", sanitize=False, readonly=True
    )
    file_error = fields.Text(readonly=True)
    found_columns = fields.Char(string="Columns Found", readonly=True)
    ignored_columns = fields.Char(string="Columns Left Out", readonly=True)
    leave_errors_out = fields.Boolean(
        string="Import the good rows and leave the rows with an error out"
    )
    count_create = fields.Integer(string="New", readonly=True)
    count_update = fields.Integer(string="Changes", readonly=True)
    count_unchanged = fields.Integer(string="Unchanged", readonly=True)
    count_error = fields.Integer(string="Errors", readonly=True)
    count_warning = fields.Integer(string="Warnings", readonly=True)
    line_ids = fields.One2many(
        "hr.career.employee.import.line", "import_id", readonly=True
    )
    attention_line_ids = fields.One2many(
        "hr.career.employee.import.line",
        "import_id",
        domain=[("needs_attention", "=", True)],
        readonly=True,
    )

    @api.depends_context("lang")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("Import employees")

    @api.depends_context("lang")
    def _compute_column_table(self):
        meaning = column_texts(self.env)
        rows = Markup().join(
            Markup("<tr><td>%s%s</td><td class='text-muted'>%s</td><td>%s</td></tr>")
            % (
                column.heading,
                " *" if column.required else "",
                ", ".join(column.aliases),
                meaning[column.key],
            )
            for column in COLUMNS
        )
        table = Markup(
            "<table class='table table-sm'><thead><tr><th>%s</th><th>%s</th><th>%s</th>"
            "</tr></thead><tbody>%s</tbody></table>"
        ) % (
            self.env._("Column (* needed)"),
            self.env._("Also understood"),
            self.env._("What to write"),
            rows,
        )
        self.column_table = table

    @api.onchange("data_file", "company_id")
    def _onchange_data_file(self):
        self.state = UPLOAD

    def action_template(self):
        """Download the empty file with two rows as an example."""
        return {
            "type": "ir.actions.act_url",
            "url": "/hr_career_focus/static/import/employees_template.csv",
            "target": "download",
        }

    def action_check(self):
        """The dry run: read the file, compare, report. Nothing is written."""
        self.ensure_one()
        self._check_rights()
        sheet, found, _known = self._plan()
        self._report(sheet, found, CHECKED)
        return self._reopen()

    def action_back(self):
        """Go back to choose another file."""
        self.write({"state": UPLOAD, "data_file": False, "data_name": False})
        return self._reopen()

    def action_import(self):
        """Import the file, if it has no error or its errors may be left out."""
        self.ensure_one()
        self._check_rights()
        self._lock()
        sheet, found, known = self._plan()
        errors = any(each.level == ERROR for each in found.problems)
        if sheet.file_errors or (errors and not self.leave_errors_out):
            raise UserError(
                self.env._(
                    "The file has errors, so nothing was imported. Check the file "
                    "again, correct it, or choose to leave the rows with an error out."
                )
            )
        EmployeeWriter(self.env, self.company_id, known).apply(found.steps)
        _logger.info(
            "Employee import: %s people of %s rows imported by user %s",
            len(found.steps),
            len(found.outcomes),
            self.env.uid,
        )
        self._report(sheet, found, DONE)
        self.data_file = False
        return self._reopen()

    def _check_rights(self):
        """HR managers only, in a company they work in."""
        if not self.env.user.has_group("hr.group_hr_manager"):
            raise AccessError(self.env._("Only HR managers import employees."))
        if self.company_id not in self.env.user.company_ids:
            raise AccessError(self.env._("You do not work in this company."))

    def _lock(self):
        """One import at a time in a company: until this one is done, others wait."""
        query = SQL(
            "SELECT pg_try_advisory_xact_lock(hashtext(%s), %s)",
            NAMESPACE,
            self.company_id.id,
        )
        if not self.env.execute_query(query)[0][0]:
            raise UserError(
                self.env._(
                    "Somebody else is importing employees into this company right now. "
                    "Nothing was changed; try again in a minute."
                )
            )

    def _plan(self):
        """Read and compare: ``(Sheet, Plan, Known)``."""
        if not self.data_file:
            raise UserError(self.env._("Choose a CSV file first."))
        env = self.with_company(self.company_id).env
        today = fields.Date.context_today(self)
        sheet = read(base64.b64decode(self.data_file), today)
        known = snapshot(env, self.company_id, sheet.people)
        return sheet, plan(sheet, known), known

    def _report(self, sheet, found, state):
        """Keep what was found, to look at."""
        texts = problem_texts(self.env)
        by_row = {}
        for each in found.problems:
            by_row.setdefault(each.row, []).append(each)
        outcomes = list(found.outcomes.values())
        headings = {column.key: column.heading for column in COLUMNS}
        self.line_ids.unlink()
        self.write(
            {
                "state": state,
                "file_error": "\n".join(
                    problem_text(texts, each) for each in by_row.get(None, ())
                )
                or False,
                "found_columns": ", ".join(headings[key] for key in sheet.columns),
                "ignored_columns": ", ".join(sheet.ignored),
                **{f"count_{each}": outcomes.count(each) for each in OUTCOMES},
                "count_warning": sum(
                    each.level != ERROR for each in found.problems if each.row
                ),
                "line_ids": [
                    Command.create(values)
                    for values in self._line_values(sheet, found, by_row, texts)
                ],
            }
        )

    def _line_values(self, sheet, found, by_row, texts):
        """The report, row by row."""
        names = {row: each.name for each in sheet.people for row in each.rows}
        changes = self._change_texts(found)
        for row, outcome in sorted(found.outcomes.items()):
            problems = by_row.get(row, [])
            lines = [problem_text(texts, each) for each in problems]
            if outcome != ERRONEOUS and changes.get(row):
                lines.insert(0, changes[row])
            yield {
                "row": row,
                "number": sheet.row_numbers[row],
                "name": names.get(row, False),
                "outcome": outcome,
                "needs_attention": bool(problems),
                "detail": "\n".join(lines) or False,
            }

    def _change_texts(self, found):
        """What happens to each row, in a few words."""
        headings = {column.key: column.heading for column in COLUMNS}
        result = {}
        for step in found.steps:
            own = [headings[key] for key in step.changes]
            own += [headings["manager"]] if step.manager else []
            own += [headings["number"]] if step.adopted else []
            for index, term in enumerate(step.terms):
                outcome = step.outcomes[term.terms.row]
                if outcome == CREATE and (step.employee or index):
                    text = self.env._(
                        "New terms from %(date)s.", date=str(term.terms.since)
                    )
                elif outcome == UPDATE:
                    keys = [headings[key] for key in term.changes]
                    keys = (own if index == 0 else []) + keys
                    text = self.env._("Changes: %(columns)s.", columns=", ".join(keys))
                else:
                    text = ""
                result[term.terms.row] = text
        return result

    def _reopen(self):
        """Show the same page again."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "current",
            "name": self.env._("Import employees"),
        }
