from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command

from ..casework import budget_words as w
from ..casework import budgets
from ..engine.decimals import is_in_cents

#: What an open budget is built on: moves have been made in it.
FIXED = ("company_id", "department_id", "currency_id", "date_from", "date_to")


class Budget(models.Model):
    """Money for internal moves: a company's or a division's, for a period.

    The plan and nothing but the plan: what is asked, promised and spent is in sealed
    ledgers (``casework.budgets``), and no figure of it comes here. Whoever owns the
    budget reads figures of closed years, like everybody else.
    """

    _name = "hr.career.budget"
    _description = "Budget for internal moves"
    _order = "date_from desc, company_id, department_id, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.company,
    )
    department_id = fields.Many2one(
        "hr.department",
        string="Division",
        ondelete="restrict",
        index=True,
        check_company=True,
        help="The division and everything under it. Empty: the whole company, and what "
        "has no division with a budget of its own.",
    )
    date_from = fields.Date(
        string="From",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=1, day=1),
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        default=lambda self: fields.Date.context_today(self).replace(month=12, day=31),
        help="Last day. What is left then goes to the next budget, or lapses.",
    )
    owner_id = fields.Many2one(
        "res.users",
        ondelete="restrict",
        domain=lambda self: self._owner_domain(),
        help="Who answers for the plan: a login with the role Budget holder. The owner "
        "reads the plan, and the figures of closed years.",
    )
    currency_id = fields.Many2one(
        "res.currency",
        required=True,
        ondelete="restrict",
        compute="_compute_currency_id",
        store=True,
        readonly=False,
        precompute=True,
    )
    rest = fields.Selection(
        w.RESTS,
        string="What is left at the end",
        required=True,
        default=w.LAPSE,
        help="The next budget is the one of the same company or division that starts "
        "later. What is promised to somebody stays promised.",
    )
    state = fields.Selection(
        w.STATES, required=True, readonly=True, copy=False, default=w.DRAFT
    )
    line_ids = fields.One2many("hr.career.budget.line", "budget_id", string="Lines")
    planned = fields.Monetary(
        string="Planned in all",
        compute="_compute_planned",
        currency_field="currency_id",
    )
    # The month whose first days the answers "is there room" are from.
    room_month = fields.Date(readonly=True, copy=False)

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)", "A budget cannot end before it starts."
    )

    # -- computed and checked ------------------------------------------------------

    def _owner_domain(self):
        group = self.env.ref("hr_career_focus.group_budget_holder")
        return [("all_group_ids", "in", group.ids), ("share", "=", False)]

    @api.depends("company_id")
    def _compute_currency_id(self):
        for budget in self:
            budget.currency_id = budget.company_id.currency_id

    @api.depends("line_ids.planned")
    def _compute_planned(self):
        for budget in self:
            budget.planned = sum(budget.line_ids.mapped("planned"))

    @api.constrains("company_id", "department_id", "date_from", "date_to", "state")
    def _check_alone(self):
        """Two budgets for the same people and day: nobody could tell which one pays.

        One that was closed pays for nothing new, and can be replaced.
        """
        for budget in self.filtered(lambda one: one.state != w.CLOSED):
            twin = self.sudo().search(
                [
                    ("id", "!=", budget.id),
                    ("state", "!=", w.CLOSED),
                    ("company_id", "=", budget.company_id.id),
                    ("department_id", "=", budget.department_id.id),
                    ("date_from", "<=", budget.date_to),
                    ("date_to", ">=", budget.date_from),
                ],
                limit=1,
            )
            if twin:
                raise ValidationError(
                    self.env._(
                        "%(other)s is a budget for the same people in the same period. "
                        "Change its dates first, or add your lines to it.",
                        other=twin.name,
                    )
                )

    @api.constrains("currency_id")
    def _check_currency(self):
        for budget in self:
            if not is_in_cents(budget.currency_id.rounding):
                raise ValidationError(
                    self.env._(
                        "Budgets are counted in hundredths. %s, the currency of the "
                        "company, is not.",
                        budget.currency_id.name,
                    )
                )

    @api.constrains("date_from", "date_to")
    def _check_whole_months(self):
        """Moves are kept by month, so a period is made of whole months."""
        for budget in self:
            last = budget.date_to + relativedelta(days=1)
            if budget.date_from.day != 1 or last.day != 1:
                raise ValidationError(
                    self.env._(
                        "A budget runs from the first day of a month until the last "
                        "day of a month."
                    )
                )

    @api.constrains("owner_id")
    def _check_owner(self):
        for budget in self:
            if budget.owner_id and not budget.owner_id.has_group(
                "hr_career_focus.group_budget_holder"
            ):
                raise ValidationError(
                    self.env._(
                        "%(name)s does not have the role Budget holder yet.",
                        name=budget.owner_id.name,
                    )
                )

    # -- keeping it ----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        found = super().create(
            [{**vals, "state": w.DRAFT, "room_month": False} for vals in vals_list]
        )
        found._add_rights_line()
        return found

    def write(self, vals):
        if not self.env.su:
            self._check_own_fields(vals)
        return super().write(vals)

    def _check_own_fields(self, vals):
        if {"state", "room_month"} & set(vals):
            raise UserError(
                self.env._("Use the buttons: a budget is opened and closed there.")
            )
        kept = set(vals) - {"name", "owner_id"}
        if any(one.state == w.CLOSED for one in self) and kept:
            raise UserError(self.env._("This budget is closed. It stays as it was."))
        if set(FIXED) & set(vals) and any(one.state == w.OPEN for one in self):
            raise UserError(
                self.env._(
                    "This budget is open: people count on it. Its company, division, "
                    "currency and dates stay as they are. Close it and make another "
                    "one instead."
                )
            )

    def copy_data(self, default=None):
        """A copy is for the period after it: the same lines, not opened yet."""
        found = super().copy_data(default)
        for budget, values in zip(self, found, strict=True):
            if not default or "date_from" not in default:
                start = budget.date_to + relativedelta(days=1)
                length = relativedelta(start, budget.date_from)
                values["date_from"] = start
                values["date_to"] = start + length - relativedelta(days=1)
            values["line_ids"] = [
                Command.create(
                    {
                        "kind": line.kind,
                        "planned": line.planned,
                        "list_price": line.list_price,
                        "alert_percent": line.alert_percent,
                        "otherwise": line.otherwise,
                    }
                )
                for line in budget.line_ids
            ]
        return found

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(budget.state != w.DRAFT for budget in self):
            raise UserError(
                self.env._(
                    "A budget that was opened is not deleted: figures are made from "
                    "it. Close it instead."
                )
            )

    def unlink(self):
        self.check_access("unlink")
        self.line_ids.sudo().unlink()
        return super().unlink()

    def _add_rights_line(self):
        """Give each company's budget its line for rights; divisions have none.

        A voucher says which company pays for it and not for which division somebody
        works.
        """
        self.env["hr.career.budget.line"].create(
            [
                {"budget_id": budget.id, "kind": w.RIGHTS}
                for budget in self
                if not budget.department_id
                and w.RIGHTS not in budget.line_ids.mapped("kind")
            ]
        )

    # -- the buttons ---------------------------------------------------------------

    def action_open(self):
        """Open the budget: from now on people can count on it."""
        return self._open(fields.Date.context_today(self))

    def _open(self, today):
        """Open the budget on a day."""
        self.check_access("write")
        for budget in self:
            if budget.state != w.DRAFT:
                continue
            if not budget.line_ids.filtered(lambda one: one.kind != w.RIGHTS):
                raise UserError(
                    self.env._("Add a line first: what can people be helped with?")
                )
            budget.sudo().write({"state": w.OPEN})
            budgets.plan(self.env, budget.line_ids, today)
            budgets.begin_room(self.env, budget, today)
        return True

    def action_close(self):
        """Close it before its last day. What is promised stays promised."""
        self.check_access("write")
        self.filtered(lambda one: one.state == w.OPEN).sudo().write({"state": w.CLOSED})
        return True
