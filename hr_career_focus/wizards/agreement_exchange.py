"""Agreements from a template or a file: look first, then import. And back to a file."""

import base64
import logging

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..engine.roles import GROUP_POLICY
from ..importer.values import ERROR
from ..presets import read, shipped, template, write
from .agreement_exchange_lines import preview_lines, problem_lines, template_lines
from .agreement_reader import agreement_value
from .agreement_writer import AgreementWriter

_logger = logging.getLogger(__name__)

CHOOSE = "choose"
CHECKED = "checked"


class _LookOnly(Exception):
    """Raised to undo what was made only to be looked at."""


class CareerAgreementExchange(models.TransientModel):
    """Choose a template or a file, see what it would make, and import it.

    The file is read again for every step: what the browser holds of the report is only
    to look at. It has texts of agreements in it and nothing about anybody.
    """

    _name = "hr.career.agreement.exchange"
    _description = "Import Agreements"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    state = fields.Selection(
        [(CHOOSE, "Choose"), (CHECKED, "Look")], default=CHOOSE, readonly=True
    )
    template = fields.Char(string="Chosen template", readonly=True)
    data_file = fields.Binary(string="File", attachment=False)
    data_name = fields.Char(string="File name")
    apart = fields.Boolean(
        string="Make a new agreement",
        help="Also when there is an agreement with this name already. Otherwise what "
        "is new becomes a version of that one.",
    )
    has_existing = fields.Boolean(readonly=True)
    has_errors = fields.Boolean(readonly=True)
    has_news = fields.Boolean(readonly=True)
    template_ids = fields.One2many(
        "hr.career.agreement.exchange.template", "exchange_id", readonly=True
    )
    line_ids = fields.One2many(
        "hr.career.agreement.exchange.line", "exchange_id", readonly=True
    )
    problem_ids = fields.One2many(
        "hr.career.agreement.exchange.line",
        "exchange_id",
        domain=[("outcome", "in", ("error", "warning"))],
        readonly=True,
    )
    preview_ids = fields.One2many(
        "hr.career.agreement.exchange.line",
        "exchange_id",
        domain=[("outcome", "not in", ("error", "warning"))],
        readonly=True,
    )

    @api.depends_context("lang")
    def _compute_display_name(self):
        for exchange in self:
            exchange.display_name = self.env._("Import agreements")

    # -- actions --------------------------------------------------------------------

    @api.model
    def action_start(self):
        """Open the page with the templates."""
        self._check_may_exchange()
        exchange = self.create({})
        exchange.template_ids = [
            Command.create(values) for values in template_lines(exchange, shipped())
        ]
        return exchange._reopen()

    def action_check(self):
        """Show what the file would make. Nothing is kept of it."""
        self.ensure_one()
        self._check_may_exchange()
        self._report()
        return self._reopen()

    def action_back(self):
        """Go back to choose another template or file."""
        self.line_ids.unlink()
        self.write(
            {
                "state": CHOOSE,
                "template": False,
                "data_file": False,
                "data_name": False,
                "apart": False,
            }
        )
        return self._reopen()

    def action_import(self):
        """Import all of it as drafts, and open what was made."""
        self.ensure_one()
        self._check_may_exchange()
        sheet, writer, problems = self._read()
        if any(found.level == ERROR for found in problems):
            raise UserError(
                self.env._(
                    "The file has errors, so nothing was imported. Look at the "
                    "report, correct the file and choose it again."
                )
            )
        made = writer.apply(sheet.agreements)
        _logger.info(
            "Agreements: %s versions imported by user %s",
            sum(is_new for each in made for _text, _version, is_new in each.versions),
            self.env.uid,
        )
        self.data_file = False
        return self._open(made)

    def action_apart(self):
        """Make a new agreement or not, where there is one with this name."""
        self.ensure_one()
        self.apart = not self.apart
        return self.action_check()

    # -- the file -------------------------------------------------------------------

    def _read(self):
        """Read and compare: ``(Sheet, AgreementWriter, problems)``."""
        writer = AgreementWriter(self.env, self.company_id, self.apart)
        sheet = read(self._data())
        problems = sheet.problems
        if sheet.agreements:
            problems += tuple(writer.problems(sheet.agreements))
        return sheet, writer, problems

    def _data(self):
        chosen = template(self.template)
        if chosen:
            return chosen.data
        if not self.data_file:
            raise UserError(self.env._("Choose a template or a file first."))
        return base64.b64decode(self.data_file)

    def _report(self):
        """Make everything, keep what is to be seen of it, and undo it again."""
        sheet, writer, problems = self._read()
        has_errors = any(found.level == ERROR for found in problems)
        lines, has_news = list(problem_lines(self.env, problems)), False
        if not has_errors:
            try:
                with self.env.cr.savepoint():
                    made = writer.apply(sheet.agreements)
                    lines += preview_lines(self.env, made)
                    has_news = any(each.is_new or each.adds for each in made)
                    raise _LookOnly
            except _LookOnly:
                _logger.debug("The savepoint took back what was made.")
        self.line_ids.unlink()
        self.write(
            {
                "state": CHECKED,
                "has_errors": has_errors,
                "has_existing": self.apart or writer.knows(sheet.agreements),
                "has_news": has_news,
                "line_ids": [
                    Command.create({**line, "sequence": number})
                    for number, line in enumerate(lines)
                ],
            }
        )

    def _check_may_exchange(self):
        """HR policy, in a company of the own login."""
        user = self.env.user
        company = self.company_id or self.env.company
        if not user.has_group(GROUP_POLICY) or company not in user.company_ids:
            raise AccessError(
                self.env._("Only HR policy of this company imports agreements.")
            )

    # -- where to go ----------------------------------------------------------------

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import agreements"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
            "target": "main",
        }

    def _open(self, made):
        """Open the agreement, or the list of them."""
        agreements = self.env["hr.career.agreement"].union(
            *(each.agreement for each in made)
        )
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "hr_career_focus.agreement_action"
        )
        if len(agreements) == 1:
            return {
                **action,
                "res_id": agreements.id,
                "views": [(False, "form")],
                "target": "main",
            }
        return {**action, "domain": [("id", "in", agreements.ids)], "target": "main"}

    @api.model
    def _export(self, agreements, versions=None):
        """Download agreements, or some versions of them, as a file."""
        self._check_may_exchange()
        values = [
            agreement_value(each, versions and versions & each.version_ids)
            for each in agreements
        ]
        if not all(value.versions for value in values):
            raise UserError(
                self.env._("There is no version yet, so there is nothing to export.")
            )
        return self._download(write(values), f"{agreements[:1].name}.csv")

    def _download(self, data, name):
        """Let the browser save a file; it is kept until the page is cleaned up."""
        held = self.create({"data_file": base64.b64encode(data), "data_name": name})
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content?model={self._name}&id={held.id}&field=data_file"
            "&filename_field=data_name&download=true",
            "target": "download",
        }
