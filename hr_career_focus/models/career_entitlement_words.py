from decimal import Decimal

from odoo import api, models
from odoo.tools import format_date, formatLang

from ..engine import values


class CareerEntitlementWords(models.AbstractModel):
    """Quantities, days and lengths of time as one writes them in a language."""

    # One file per concern. pylint: disable=consider-merging-classes-inherited
    _inherit = "hr.career.entitlement"

    def _day(self, day):
        return format_date(self.env, day, date_format="d MMMM y")

    def _number(self, number):
        """Return a number without the zeros after its point."""
        number = Decimal(number)
        whole = number == number.to_integral_value()
        return formatLang(self.env, float(number), digits=0 if whole else 2)

    def _percent(self, part):
        """Return a part of one as a percentage.

        A part that is not a whole percentage keeps one decimal.
        """
        percent = (part * 100).quantize(Decimal("0.1"))
        whole = percent == percent.to_integral_value()
        number = formatLang(self.env, float(percent), digits=0 if whole else 1)
        return self.env._("%s%%", number)

    def _length(self, months):
        """Return a number of months, in years when they are whole years."""
        if months % 12 == 0 and months:
            years = months // 12
            if years == 1:
                return self.env._("1 year")
            return self.env._("%s years", years)
        if months == 1:
            return self.env._("1 month")
        return self.env._("%s months", months)

    @api.model
    def _quantity(self, quantity, rule):
        """Return a quantity with its unit, as one writes it in the language."""
        if rule.unit == values.AMOUNT:
            return formatLang(
                self.env, float(quantity), currency_obj=rule.currency_id or None
            )
        number = self._number(quantity)
        one, more = {
            values.HOURS: (
                self.env._("%s hour", number),
                self.env._("%s hours", number),
            ),
            values.DAYS: (
                self.env._("%s day", number),
                self.env._("%s days", number),
            ),
            values.SESSIONS: (
                self.env._("%s session", number),
                self.env._("%s sessions", number),
            ),
            values.SCANS: (
                self.env._("%s scan", number),
                self.env._("%s scans", number),
            ),
            values.VOUCHERS: (
                self.env._("%s voucher", number),
                self.env._("%s vouchers", number),
            ),
            values.TRAJECTS: (
                self.env._("%s traject", number),
                self.env._("%s trajects", number),
            ),
        }[rule.unit]
        return one if quantity == 1 else more
