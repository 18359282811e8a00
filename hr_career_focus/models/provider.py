from decimal import ROUND_HALF_UP, Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..engine.codes import DAYS, HOURS, SCANS, SESSIONS, TRAJECTS, VOUCHERS
from ..engine.decimals import CENT, is_in_cents

#: In which field the price of a unit is. Money has none.
PRICES = {
    HOURS: "hour_rate",
    DAYS: "day_rate",
    SESSIONS: "session_rate",
    SCANS: "scan_rate",
    VOUCHERS: "traject_rate",
    TRAJECTS: "traject_rate",
}


class CareerProvider(models.Model):
    """Who is paid for what coaches do: an office of coaches, or one coach alone.

    A provider redeems vouchers, with the login of a coach or with a key of its own, and
    is paid by settlement. It knows of nobody for whom.
    """

    _name = "hr.career.provider"
    _description = "Provider of guidance"
    _order = "name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Paid to",
        ondelete="restrict",
        index="btree_not_null",
        help="The contact that gets the money. Without Odoo's accounting you can leave "
        "this empty.",
    )
    coach_ids = fields.One2many(
        "hr.career.coach",
        "provider_id",
        string="Coaches",
        help="They redeem with their own login, in the name of this provider.",
    )
    company_ids = fields.Many2many(
        "res.company",
        "hr_career_provider_company_rel",
        "provider_id",
        "company_id",
        string="Works for",
        help="Whose vouchers this provider redeems. Leave empty for every company.",
    )
    vat_rate = fields.Float(
        string="VAT (%)",
        digits=(5, 2),
        help="The part of an amount that is VAT, as a percentage on top of the price "
        "without it. The provider can give another one for a single voucher.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        default=lambda self: self.env.company.currency_id,
    )
    hour_rate = fields.Monetary(
        string="Price of an hour",
        help="With VAT. A voucher in hours can be redeemed only when this is filled "
        "in; a voucher in money can then be redeemed by the hour too.",
    )
    session_rate = fields.Monetary(
        string="Price of a session",
        help="With VAT. A voucher in sessions can be redeemed only when this is "
        "filled in.",
    )
    day_rate = fields.Monetary(
        string="Price of a day",
        help="With VAT. For vouchers in days.",
    )
    scan_rate = fields.Monetary(
        string="Price of a check",
        help="With VAT. For vouchers in checks or scans.",
    )
    traject_rate = fields.Monetary(
        string="Price of a whole traject",
        help="With VAT. For vouchers that are good for a whole traject.",
    )
    # A keyed hash; the key itself is kept nowhere.
    key_hash = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    key_made_on = fields.Date(string="Key made on", readonly=True, copy=False)

    _key_uniq = models.UniqueIndex("(key_hash) WHERE key_hash IS NOT NULL")
    _vat_range = models.Constraint(
        "CHECK(vat_rate >= 0 AND vat_rate <= 100)",
        "VAT is a percentage from 0 to 100.",
    )
    _rates_positive = models.Constraint(
        "CHECK(LEAST(hour_rate, session_rate, day_rate, scan_rate, traject_rate) >= 0)",
        "A price cannot be less than nothing.",
    )

    @api.constrains("currency_id")
    def _check_currency(self):
        for provider in self:
            if not is_in_cents(provider.currency_id.rounding):
                raise ValidationError(
                    self.env._(
                        "Vouchers are counted in hundredths. %s is not: choose another "
                        "currency.",
                        provider.currency_id.name,
                    )
                )

    # -- CRUD -----------------------------------------------------------------------

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """The same answer for every provider: a refusal for some would tell."""
        raise UserError(
            self.env._("A provider is archived and never deleted. Use Archive instead.")
        )

    # -- actions --------------------------------------------------------------------

    def action_key(self):
        """Open the window in which the key is made, renewed or withdrawn."""
        self.ensure_one()
        return self.env["hr.career.provider.key"]._opened(self)

    # -- what redeeming asks --------------------------------------------------------

    def _price(self, unit):
        """Return the price of one unit, as rights have it; None when there is none."""
        self.ensure_one()
        rate = self[PRICES[unit]] if unit in PRICES else 0
        return Decimal(str(rate)).quantize(CENT, ROUND_HALF_UP) if rate else None
