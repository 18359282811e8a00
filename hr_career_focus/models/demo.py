"""The door through which the demo data file tells its story."""

from odoo import api, models


class CareerDemo(models.AbstractModel):
    """Fills the two invented companies. Does nothing without demo data."""

    _name = "hr.career.demo"
    _description = "Career Focus Demo"

    @api.model
    def _tell(self):
        """Hire the staff, set the service up and let people use it; once only."""
        employer = self.env.ref(
            "hr_career_focus.company_omroep_demo", raise_if_not_found=False
        )
        if not employer or employer.career_live:
            return
        from ..demo import setting, story

        mails = self.env["mail.mail"].search([])
        story.tell(self.env, setting.build(self.env))
        # The demo has no mail server, and nobody waits for these.
        (self.env["mail.mail"].search([]) - mails).unlink()
