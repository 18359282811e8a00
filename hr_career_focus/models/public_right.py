from odoo import api, fields, models
from odoo.fields import Domain

#: What a text is about: a public right to career guidance, a right of another kind
#: that people take for one, and one that is gone but still searched for.
CAREER = "career"
OTHER = "other"
ENDED = "ended"


class PublicRight(models.Model):
    """What a government or a fund gives people directly: a dated text with a link.

    The product informs about these rights and does no more. It never asks, keeps or
    counts whether somebody uses one, so nothing points at this model.
    """

    _name = "hr.career.public.right"
    _description = "Public Right"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    kind = fields.Selection(
        [
            (CAREER, "Career guidance"),
            (OTHER, "Another right, no career guidance"),
            (ENDED, "Ended, no longer there"),
        ],
        default=CAREER,
        required=True,
    )
    country_id = fields.Many2one(
        "res.country",
        help="Shown to the employees of companies in this country. Empty: to all.",
    )
    region = fields.Char(
        translate=True, help="A part of the country, or a sector, as people call it."
    )
    text = fields.Text(
        required=True,
        translate=True,
        help="What it is, in plain words. Employees read it as it stands here.",
    )
    conditions = fields.Text(
        translate=True, help="For whom it is, one condition on each line."
    )
    how = fields.Text(
        string="How to get it",
        translate=True,
        help="What somebody does to get it. One step on each line.",
    )
    by_employer = fields.Boolean(
        string="Goes through the employer",
        help="Leave this off when people arrange it themselves. Employees then read "
        "that their employer is not told.",
    )
    valid_from = fields.Date(string="First day")
    valid_to = fields.Date(
        string="Last day", help="After this day employees no longer see the text."
    )
    publisher = fields.Char(
        required=True,
        translate=True,
        string="Published by",
        help="Who published the text this was taken from.",
    )
    text_date = fields.Date(
        string="Date of that text", help="Leave empty when the text has no date."
    )
    source_url = fields.Char(string="Link", help="Where people can read it themselves.")
    seen_on = fields.Date(
        string="Looked up on",
        required=True,
        default=fields.Date.context_today,
        help="The day somebody last compared this with the source.",
    )
    right_code = fields.Char(
        string="Not for those with right",
        help="The code of a right in an agreement. Whoever has that right reads it "
        "among the own rights, and not here again.",
    )

    _valid_period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "A public right cannot end before it starts. Change one of the two dates.",
    )

    @api.model
    def _shown(self, country, on_date, right_codes=()):
        """Return what people in a country read on a day, in order.

        :param country: ``res.country``; empty when it is not known, then all are
        :param right_codes: codes of the rights somebody has by agreement already
        """
        domain = Domain("valid_from", "=", False) | Domain("valid_from", "<=", on_date)
        domain &= Domain("valid_to", "=", False) | Domain("valid_to", ">=", on_date)
        if country:
            domain &= Domain("country_id", "in", [False, country.id])
        found = self.search(domain)
        return found.filtered(lambda one: one.right_code not in right_codes)
