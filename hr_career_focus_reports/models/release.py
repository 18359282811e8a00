"""A frozen release of uptake figures."""

from dataclasses import replace

from odoo import api, fields, models

from ..engine import release as engine
from ..engine import schedule
from ..engine.evidence import Published
from ..engine.parameters import Parameters


class HrCareerRelease(models.Model):
    """Uptake of one company in one closed period: numbers, and no key to anything.

    The fingerprint covers the rows, the parameters and the release before, so that
    anybody who kept it can check that nothing was changed afterwards.
    """

    _name = "hr.career.release"
    _description = "Uptake release"
    _inherit = ["hr.career.published"]
    _log_access = False
    _order = "published_on desc, id desc"

    period = fields.Selection(
        selection="_selection_period", required=True, readonly=True
    )
    cell_ids = fields.One2many(
        "hr.career.release.cell", "release_id", string="Figures", readonly=True
    )
    # Releases from before the proof existed have none.
    certificate = fields.Json(string="Proof", readonly=True)
    proof_text = fields.Char(
        string="Proof for each person", compute="_compute_proof_text"
    )

    _once_per_period = models.Constraint(
        "UNIQUE (company_id, year, period)",
        "This period has been published already; a release never appears twice.",
    )

    @api.model
    def _selection_period(self):
        return [
            ("q1", self.env._("First quarter")),
            ("q2", self.env._("Second quarter")),
            ("q3", self.env._("Third quarter")),
            ("q4", self.env._("Fourth quarter")),
            (schedule.YEAR, self.env._("Year")),
        ]

    @api.depends("company_id", "year", "period")
    @api.depends_context("lang")
    def _compute_display_name(self):
        periods = dict(self._selection_period())
        for release in self:
            release.display_name = self.env._(
                "%(company)s, %(year)s, %(period)s",
                company=release.company_id.name,
                year=release.year,
                period=periods.get(release.period, ""),
            )

    @api.depends("certificate")
    @api.depends_context("lang")
    def _compute_proof_text(self):
        for release in self:
            if not release.certificate:
                text = self.env._("Made before there was a proof.")
            elif release.certificate["holds"]:
                text = self.env._("Proven before publication, for everybody.")
            else:
                text = self.env._("Not found, so the company figure stands alone.")
            release.proof_text = text

    def _content(self):
        """Return what the fingerprint covers, from the stored values."""
        self.ensure_one()
        content = {
            "company": self.company_id.id,
            "year": self.year,
            "period": self.period,
            "published_on": self.published_on.isoformat(),
            "state": self.state,
            "parameters": self.parameters,
            "previous": self.previous_digest,
            "rows": [cell._content() for cell in self.cell_ids],
        }
        if self.certificate:
            content["certificate"] = self.certificate
        return content

    def _rows(self):
        """Return the published rows as the engine knows them."""
        self.ensure_one()
        return tuple(
            engine.Row(
                table=cell.table,
                code=cell.code,
                label=cell.label,
                unit=cell.unit,
                parent=cell.parent,
                depth=cell.depth,
                headcount=cell.headcount,
                figure=cell._figure(),
            )
            for cell in self.cell_ids
        )

    def _engine_parameters(self):
        """Return the rules under which this release was made."""
        known = Parameters.__dataclass_fields__
        return Parameters(
            **{name: value for name, value in self.parameters.items() if name in known}
        )

    def _published(self, register):
        """Return the release as the proof asks for it.

        What was published stays so, also when the list of a quarter has become shorter
        than a company needs for quarters.

        :param register: of the period of this release.
        """
        parameters = self._engine_parameters()
        if self.period != schedule.YEAR:
            parameters = replace(parameters, quarter_minimum=0)
        return Published(register, self.period, self._rows(), parameters)

    @api.model
    def _freeze(self, release):
        """Store an engine release and its rows; called by the release job only."""
        record = self.create(
            {
                "company_id": release.company,
                "year": release.year,
                "period": release.period,
                "published_on": release.published_on,
                "state": release.state,
                "parameters": release.parameters,
                "certificate": release.certificate,
                "digest": release.fingerprint(),
                "previous_digest": release.previous,
            }
        )
        self.env["hr.career.release.cell"].create(
            [
                row.content() | {"release_id": record.id, "sequence": sequence}
                for sequence, row in enumerate(release.rows)
            ]
        )
        return record
