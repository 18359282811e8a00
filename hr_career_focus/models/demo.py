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

        Mail = self.env["mail.mail"]
        newest = Mail.search([], order="id desc", limit=1).id or 0
        story.tell(self.env, setting.build(self.env))
        # The demo has no mail server, and nobody waits for these.
        Mail.search([("id", ">", newest)]).unlink()
