"""One settlement, one vendor bill with one line that says nothing of anybody."""

from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.hr_career_focus.models.settlement import APPROVED, PAID

#: Who books bills.
BILLING = "account.group_account_invoice"


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
        if not self.provider_id.partner_id:
            raise UserError(
                self.env._(
                    "%s has no contact to be paid yet. Ask HR policy to fill in “Paid "
                    "to” on the provider.",
                    self.provider_id.name,
                )
            )

    def _make_bill(self):
        """Return a new draft bill: the sum, the period, the reference."""
        tax = self.company_id.sudo().career_bill_tax_id
        partner = self.provider_id.partner_id
        named = self.with_context(lang=partner.lang or self.env.lang)
        # Where the tax is not part of the price, it comes on top again.
        price = self.total - self.vat if tax and not tax.price_include else self.total
        bill = (
            self.env["account.move"]
            .with_company(self.company_id)
            .create(
                {
                    "move_type": "in_invoice",
                    "company_id": self.company_id.id,
                    "partner_id": partner.id,
                    "currency_id": self.currency_id.id,
                    "ref": self.ref,
                    "invoice_line_ids": [
                        Command.create(
                            {
                                "name": named.env._("Services, %s", named.period),
                                "quantity": 1,
                                "price_unit": price,
                                "tax_ids": [Command.set(tax.ids)],
                            }
                        )
                    ],
                }
            )
        )
        if self.currency_id.compare_amounts(bill.amount_total, self.total):
            raise UserError(
                self.env._(
                    "With the tax “%s” the bill is not what the settlement says. "
                    "Choose another tax in the settings of Career Focus, or none.",
                    tax.name,
                )
            )
        return bill
