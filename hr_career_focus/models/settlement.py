"""Settlements: what a provider is paid for one closed period, without a name."""

import json
from contextlib import contextmanager
from contextvars import ContextVar

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL, format_date

from ..engine.roles import GROUP_FINANCE
from ..engine.statement import Statement
from ..vault import sealing

RECEIVED, APPROVED, PAID, DISPUTED = "received", "approved", "paid", "disputed"
STATES = [
    (RECEIVED, "To check"),
    (APPROVED, "Approved"),
    (PAID, "Paid"),
    (DISPUTED, "In dispute"),
]
#: What may follow what.
FOLLOWING = {
    RECEIVED: (APPROVED, DISPUTED),
    APPROVED: (PAID, DISPUTED),
    DISPUTED: (RECEIVED,),
    PAID: (),
}
#: Why a settlement is in dispute: fixed, so that nobody writes a name.
NOTES = [
    ("sum", "The sum differs from the provider's invoice"),
    ("vat", "The VAT is not right"),
    ("number", "The number differs from the provider's"),
    ("invoice", "There is no invoice of the provider"),
    ("other", "Something else: ask the career desk"),
]

_closing = ContextVar("career_closing", default=False)


@contextmanager
def closing():
    """Open the only door through which a settlement is made.

    A plain Python context: no RPC, server action or context key reaches it.
    """
    token = _closing.set(True)
    try:
        yield
    finally:
        _closing.reset(token)


class CareerSettlement(models.Model):
    """Made by the closing job; afterwards only its state changes.

    No chatter and no dates of creation: when somebody worked on it is nobody's
    business, and a settlement says months only.
    """

    _name = "hr.career.settlement"
    _description = "Settlement with a provider"
    _log_access = False
    _order = "closed_on desc, provider_id, ref"
    _rec_name = "ref"

    #: What may change afterwards; addons that pay add theirs.
    _CHANGING = ("state", "note")

    ref = fields.Char(
        string="Reference",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: sealing.new_ref(),
    )
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, ondelete="restrict", index=True
    )
    provider_id = fields.Many2one(
        "hr.career.provider",
        required=True,
        readonly=True,
        ondelete="restrict",
        index=True,
    )
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    month_from = fields.Date(string="First month", required=True, readonly=True)
    month_to = fields.Date(string="Last month", required=True, readonly=True)
    period = fields.Char(compute="_compute_period")
    closed_on = fields.Date(
        string="Closed on",
        required=True,
        readonly=True,
        help="The day of the calendar on which the period was closed.",
    )
    # Zero: too few to show. Nothing else says how many they were.
    number = fields.Integer(readonly=True)
    minimum = fields.Integer(required=True, readonly=True)
    number_text = fields.Char(
        string="Vouchers",
        compute="_compute_number_text",
        help="Different vouchers. When they are fewer than the minimum, the number is "
        "not shown.",
    )
    total = fields.Monetary(required=True, readonly=True, help="With VAT.")
    vat = fields.Monetary(string="VAT", readonly=True)
    state = fields.Selection(
        STATES, required=True, default=RECEIVED, readonly=True, index=True
    )
    note = fields.Selection(NOTES, string="Why in dispute", readonly=True)
    statement = fields.Text(required=True, readonly=True)
    digest = fields.Char(
        required=True,
        readonly=True,
        help="Control number of the whole statement.",
    )

    _ref_uniq = models.UniqueIndex("(ref)")
    _months = models.Constraint(
        "CHECK (EXTRACT(day FROM month_from) = 1 AND EXTRACT(day FROM month_to) = 1"
        " AND month_from <= month_to)"
    )
    _number_hidden = models.Constraint(
        "CHECK (number = 0 OR (number >= minimum AND minimum >= 5))"
    )

    def init(self):
        """Let the database refuse a change too, also over plain SQL.

        A migration that fills a new column drops the trigger in its `pre` script;
        `init` puts it back within the same upgrade.
        """
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(function)s() RETURNS trigger AS $$
                DECLARE changing text[] := ARRAY['state', 'note', 'bill_id'];
                BEGIN
                    IF TG_OP = 'UPDATE'
                        AND to_jsonb(NEW) - changing = to_jsonb(OLD) - changing
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'Settlements stay as they are.'
                        USING ERRCODE = 'restrict_violation';
                END
                $$ LANGUAGE plpgsql;
                CREATE OR REPLACE TRIGGER %(function)s
                    BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION %(function)s();
                CREATE OR REPLACE TRIGGER %(all)s BEFORE TRUNCATE ON %(table)s
                    FOR EACH STATEMENT EXECUTE FUNCTION %(function)s();
                """,
                function=SQL.identifier(f"{self._table}_keep"),
                all=SQL.identifier(f"{self._table}_keep_all"),
                table=SQL.identifier(self._table),
            )
        )

    @api.depends("month_from", "month_to")
    @api.depends_context("lang")
    def _compute_period(self):
        for settlement in self:
            first, last = (
                day and format_date(self.env, day, date_format="MMMM y")
                for day in (settlement.month_from, settlement.month_to)
            )
            settlement.period = first if first == last else f"{first} – {last}"

    @api.depends("number", "minimum")
    @api.depends_context("lang")
    def _compute_number_text(self):
        for settlement in self:
            settlement.number_text = (
                str(settlement.number)
                if settlement.number
                else self.env._("1 to %s", (settlement.minimum or 1) - 1)
            )

    @api.depends("provider_id", "month_from", "month_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for settlement in self:
            # Also of a provider that does not work for the company any more.
            name = settlement.provider_id.sudo().name or ""
            settlement.display_name = f"{name}, {settlement.period}"

    # -- CRUD ------------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not _closing.get():
            self._refuse()
        return super().create(vals_list)

    def write(self, vals):
        self.check_access("write")
        if set(vals) - set(self._CHANGING):
            self._refuse()
        state = vals.get("state")
        if state and any(state not in FOLLOWING[one.state] for one in self):
            raise UserError(
                self.env._(
                    "This settlement has changed in the meantime. Look at it again."
                )
            )
        return super().write(vals)

    def unlink(self):  # pylint: disable=method-required-super
        return self._refuse()

    def copy(self, default=None):  # pylint: disable=method-required-super
        return self._refuse()

    def _refuse(self):
        """Refuse what would change a settlement.

        :raises UserError: always, for the administrator too.
        """
        raise UserError(
            self.env._(
                "The closing of a period makes settlements. Afterwards only their "
                "state changes."
            )
        )

    # -- actions ---------------------------------------------------------------------

    def action_approve(self):
        """Finance found the settlement right."""
        self._put(APPROVED)

    def action_pay(self):
        """Finance has paid."""
        self._put(PAID)

    def action_reopen(self):
        """The dispute is over: check again."""
        self._put(RECEIVED, note=False)

    def action_dispute(self):
        """Ask why, in the window for it."""
        self._require_finance()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispute"),
            "res_model": "hr.career.settlement.dispute",
            "view_mode": "form",
            "target": "new",
            "context": {"default_settlement_ids": self.ids},
        }

    def action_pdf(self):
        """Download the statement to read."""
        return self._download("pdf")

    def action_csv(self):
        """Download the statement to keep and to check."""
        return self._download("csv")

    def _download(self, kind):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/focus/money/{self.ref}/{kind}",
            "target": "download",
        }

    def _put(self, state, **values):
        """Put settlements in a state, as finance may."""
        self._require_finance()
        # As superuser, because finance may write nothing else.
        self.sudo().write({"state": state, **values})

    def _require_finance(self):
        """Raise unless finance of the company asks for it."""
        self.check_access("read")
        if not self.env.user.has_group(GROUP_FINANCE):
            raise AccessError(self.env._("Only finance works on settlements."))

    # -- business --------------------------------------------------------------------

    def _statement(self):
        """Return the statement as it was signed."""
        self.ensure_one()
        return Statement.from_json(json.loads(self.statement))
