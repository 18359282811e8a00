from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..casework import budget_words as w
from ..casework import budgets

USUAL_ALERT = 80
#: What follows the budget: of no line by itself, however it is written.
OF_BUDGET = ("state", "company_id", "department_id")


class BudgetLine(models.Model):
    """What one kind of help may cost in a budget: a plan, a public price, an alert.

    Nothing here changes when somebody is helped. The answer "is there room" is taken
    once a month for all lines at once.
    """

    _name = "hr.career.budget.line"
    _description = "Line of a budget for internal moves"
    _order = "budget_id, id"
    _rec_name = "kind"

    budget_id = fields.Many2one(
        "hr.career.budget", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="budget_id.company_id", store=True)
    department_id = fields.Many2one(related="budget_id.department_id", store=True)
    state = fields.Selection(related="budget_id.state", store=True)
    currency_id = fields.Many2one(related="budget_id.currency_id")
    kind = fields.Selection(w.KINDS, string="For", required=True)
    planned = fields.Monetary(
        help="What may be spent in the period. Rights of the agreement are paid "
        "whatever stands here: the amount only says when the desk is warned.",
    )
    list_price = fields.Monetary(
        string="List price",
        help="The usual price of one, including VAT, as anybody can look it up. "
        "Published amounts are a number times this price, never real bills.",
    )
    alert_percent = fields.Integer(
        string="Alert at (%)",
        default=USUAL_ALERT,
        help="The desk is warned when this part of the plan is taken.",
    )
    otherwise = fields.Selection(
        w.OTHERWISE,
        string="Else paid from",
        required=True,
        compute="_compute_otherwise",
        store=True,
        readonly=False,
        precompute=True,
        help="Which budget would pay for this if there were none for internal moves.",
    )
    has_room = fields.Boolean(
        string="Room",
        readonly=True,
        copy=False,
        help="Whether one more fitted in on the first day of the month. Every employee "
        "can see this, without asking anybody.",
    )

    _kind_uniq = models.UniqueIndex(
        "(budget_id, kind)", "A budget has one line for each kind of help."
    )
    _planned_positive = models.Constraint(
        "CHECK(planned >= 0)", "A plan cannot be less than nothing."
    )
    _price_positive = models.Constraint(
        "CHECK(list_price >= 0)", "A price cannot be less than nothing."
    )
    _alert_percent = models.Constraint(
        "CHECK(alert_percent BETWEEN 1 AND 100)",
        "The alert is given at 1 to 100 percent of the plan.",
    )

    @api.depends("kind")
    def _compute_otherwise(self):
        for line in self:
            line.otherwise = w.USUAL_OTHERWISE.get(line.kind, w.NEITHER)

    @api.constrains("kind", "budget_id")
    def _check_rights(self):
        for line in self:
            if line.kind == w.RIGHTS and line.budget_id.department_id:
                raise ValidationError(
                    self.env._(
                        "Rights of the agreement are in the budget of the company, "
                        "not of a division."
                    )
                )

    # -- keeping it ----------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            found = {vals.get("budget_id") for vals in vals_list}
            self._refuse_closed(self.env["hr.career.budget"].browse(found - {None}))
        own = [
            {name: value for name, value in vals.items() if name not in OF_BUDGET}
            for vals in vals_list
        ]
        lines = super().create([{**vals, "has_room": False} for vals in own])
        budgets.make(self.env, lines)
        opened = lines._opened()
        if opened:
            budgets.plan(self.env, opened)
            budgets.begin_room_of(opened)
        return lines

    def write(self, vals):
        fixed = {"has_room", "budget_id", *OF_BUDGET}
        if not self.env.su and fixed & set(vals):
            raise UserError(
                self.env._(
                    "Whether there is room is worked out once a month, and a line "
                    "stays in its budget."
                )
            )
        if not self.env.su:
            self._refuse_closed(self.budget_id)
        opened = self._opened()
        if "kind" in vals and opened:
            raise UserError(
                self.env._("What an open line is for stays as it is. Add another line.")
            )
        if "planned" in vals:
            opened._refuse_lower(vals["planned"])
        if "list_price" in vals and not self.env.su:
            opened._refuse_other_price(vals["list_price"])
        done = super().write(vals)
        if "planned" in vals and opened:
            budgets.plan(self.env, opened)
        return done

    def _opened(self):
        """Return those of an open budget, whatever the lines themselves keep of it."""
        return self.filtered(lambda one: one.budget_id.state == w.OPEN)

    def _refuse_closed(self, found):
        if any(budget.state == w.CLOSED for budget in found):
            raise UserError(self.env._("This budget is closed. It stays as it was."))

    def _refuse_lower(self, planned):
        """Refuse a lower plan, whatever was spent: the answer must tell nothing."""
        for line in self:
            if (
                line.kind != w.RIGHTS
                and line.currency_id.compare_amounts(planned, line.planned) < 0
            ):
                raise UserError(
                    self.env._(
                        "The plan of an open line can be raised and not lowered, "
                        "because people count on it. The desk can take back what "
                        "nobody has asked for."
                    )
                )

    def _refuse_other_price(self, price):
        """Refuse another price: at each price, "is there room" tells some other thing.

        Rights have room whatever they cost.
        """
        for line in self:
            if (
                line.kind != w.RIGHTS
                and line.currency_id.compare_amounts(price, line.list_price) != 0
            ):
                raise UserError(
                    self.env._(
                        "The list price of an open line stays as it is: people were "
                        "told by it whether there is room. Give the new price to the "
                        "next budget."
                    )
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        if any(line.budget_id.state != w.DRAFT for line in self):
            raise UserError(
                self.env._("A line of a budget that was opened is not deleted.")
            )
        if not self.env.su and w.RIGHTS in self.mapped("kind"):
            raise UserError(
                self.env._(
                    "The line for rights of the agreement stays: they are paid "
                    "whatever the budget says."
                )
            )

    def unlink(self):
        budgets.forget(self.env, self)
        return super().unlink()
