"""The figures of the demo: what the job would have published by now."""

from odoo import api, fields, models

from ..engine.schedule import YEAR
from .frozen_mixin import publishing


class CareerDemo(models.AbstractModel):
    """Publishes the closed years of the two invented companies."""

    _inherit = "hr.career.demo"

    @api.model
    def _publish_past_years(self):
        """Publish the two years that are closed, the way the job does; once only."""
        job = self.env["hr.career.release.job"]
        # The hook that does this at install runs after the demo data.
        job._remember_home()
        this_year = fields.Date.context_today(self).year
        for name in ("company_omroep_demo", "company_zorg_demo"):
            company = self.env.ref(f"hr_career_focus.{name}", raise_if_not_found=False)
            for year in (this_year - 2, this_year - 1):
                if company and not job._published(company, year, YEAR):
                    with publishing():
                        job._publish(company, year, YEAR)
