"""One settlement, one vendor bill with one line that says nothing of anybody."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import format_amount

from odoo.addons.hr_career_focus.models.settlement import APPROVED, PAID

#: Who books bills.
BILLING = "account.group_account_invoice"
#: What rounding per use can do: half a cent in the VAT of a small amount.
ROUNDED = 0.005


class CareerSettlement(models.Model):
    _inherit = "hr.career.settlement"

    _CHANGING = ("state", "note", "bill_id")

    # From the settlement to the bill and not back: nothing of accounting points here.
    bill_id = fields.Many2one(
        "account.move",
        string="Vendor bill",
        readonly=True,
        copy=False,
        ondelete="set null",
        groups=f"{BILLING},account.group_account_readonly",
    )

    def action_bill(self):
        """Make the draft bill, or open the one there is.

        Pressing twice at once makes one: both write the settlement's row, so the
        database lets one through, and the other is run again and finds the bill.
        """
        self.ensure_one()
        self.check_access("read")
        if not self.bill_id:
            self._refuse_to_bill()
            bill = self._make_bill()
            self.sudo().write({"bill_id": bill.id})
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.bill_id.id,
            "view_mode": "form",
        }

    def _refuse_to_bill(self):
        """Say what is missing.

        :raises UserError: when there is something
        """
        if self.state not in (APPROVED, PAID):
            raise UserError(self.env._("Approve the settlement first."))
        # It may not work for the company any more, and is owed this all the same.
        provider = self.provider_id.sudo()
        if not provider.partner_id:
            raise UserError(
                self.env._(
                    "%s has no contact to be paid yet. Ask HR policy to fill in “Paid "
                    "to” on the provider.",
                    provider.name,
                )
            )

    def _make_bill(self):
        """Return a new draft bill: the sum, the period, the reference."""
        partner = self.provider_id.sudo().partner_id
        named = self.with_context(lang=partner.lang or self.env.lang)
        tax = self.company_id.sudo().career_bill_tax_id
        amounts = self._amounts(tax, partner)
        left_out = amounts is None
        return (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "in_invoice",
                    "company_id": self.company_id.id,
                    "partner_id": partner.id,
                    "currency_id": self.currency_id.id,
                    "ref": self.ref,
                    "narration": left_out and self._why_without(tax),
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": named.env._("Services, %s", named.period),
                                "quantity": 1,
                                "price_unit": self.total,
                                "tax_ids": [Command.set([] if left_out else tax.ids)],
                                **(amounts or {}),
                            }
                        )
                    ],
                }
            )
        )

    def _amounts(self, tax, partner):
        """Return what makes the line as much as was signed; None when nothing does.

        The settlement adds up VAT that was rounded for each use; Odoo takes it of the
        sum. So a cent or some differ, and what was signed goes before.
        """
        if not tax:
            return {}
        currency, net = self.currency_id, self.total - self.vat
        # Where the tax is not part of the price, it comes on top again.
        price = self.total if tax.price_include else currency.round(net)
        found = tax.compute_all(price, currency, partner=partner)
        computed = found["total_included"] - found["total_excluded"]
        off = computed - self.vat
        if currency.is_zero(off) and currency.is_zero(
            found["total_included"] - self.total
        ):
            return {"price_unit": price}
        cents = currency.rounding * max(self.number, self.minimum)
        alone = tax.amount_type == "percent" and len(found["taxes"]) == 1
        if not alone or abs(off) > max(cents, self.vat * ROUNDED):
            return None
        return {
            "price_unit": price,
            # How Odoo itself keeps amounts of a tax that were not computed.
            "extra_tax_data": {
                "currency_id": currency.id,
                "price_unit": price,
                "quantity": 1,
                "discount": 0,
                "manual_total_excluded_currency": currency.round(net),
                "manual_tax_amounts": {
                    str(tax.id): {
                        "tax_amount_currency": self.vat,
                        "base_amount_currency": currency.round(net),
                    }
                },
            },
        }

    def _why_without(self, tax):
        """Return the text under a bill that leaves out the tax of the settings."""
        return self.env._(
            "The VAT in this sum is %(vat)s. The tax “%(tax)s” gives another amount, "
            "so the line has no tax.",
            vat=format_amount(self.env, self.vat, self.currency_id),
            tax=tax.name,
        )
