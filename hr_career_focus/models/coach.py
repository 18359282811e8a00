from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..casework import logins
from ..engine.roles import GROUP_COACH
from .coach_registration import EXPIRED, EXPIRING, VALID

NO_REGISTER = "none"


class Coach(models.Model):
    """A confidential coach as employees see one: who, how, where, in which register.

    A login makes the coach able to work; the directory entry says whether employees
    may choose the coach today.
    """

    _name = "hr.career.coach"
    _description = "Career coach"
    _order = "is_external desc, name, id"

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    user_id = fields.Many2one(
        "res.users",
        string="Login",
        ondelete="restrict",
        index="btree_not_null",
        help="The login the coach works with. An external coach uses a portal login. "
        "An administrator gives it the role Coach.",
    )
    is_external = fields.Boolean(
        string="External",
        default=True,
        help="Works for a provider outside the company. Employees always see at least "
        "one external coach.",
    )
    provider_id = fields.Many2one(
        "hr.career.provider",
        ondelete="restrict",
        index="btree_not_null",
        groups="hr_career_focus.group_policy,hr_career_focus.group_finance",
        help="Who is paid for what this coach does. With a provider, the coach redeems "
        "vouchers with the own login.",
    )
    company_ids = fields.Many2many(
        "res.company",
        "hr_career_coach_company_rel",
        "coach_id",
        "company_id",
        string="Works for",
        help="Leave empty when the coach works for every company.",
    )
    introduction = fields.Text(
        translate=True,
        help="What employees read about this coach: how the coach works, for whom.",
    )
    specialism_ids = fields.Many2many(
        "hr.career.coach.specialism",
        "hr_career_coach_specialism_rel",
        "coach_id",
        "specialism_id",
        string="Specialisms",
    )
    language_ids = fields.Many2many(
        "res.lang",
        "hr_career_coach_lang_rel",
        "coach_id",
        "lang_id",
        string="Languages",
        context={"active_test": False},
    )
    region = fields.Char(help="Where you can meet this coach in person.")
    meets_in_person = fields.Boolean(string="In person", default=True)
    meets_by_video = fields.Boolean(string="By video")
    meets_by_phone = fields.Boolean(string="By phone")
    writes = fields.Boolean(string="In writing", help="Messages in the own file.")
    registration_ids = fields.One2many(
        "hr.career.coach.registration", "coach_id", string="Registers"
    )
    declares_independence = fields.Boolean(
        string="Declares to be independent",
        help="The coach has declared in writing to take no instructions about people "
        "from the company, and to report nothing about them.",
    )
    other_assignments = fields.Text(
        string="Other work for the company",
        translate=True,
        help="Other work the coach does for the company. Employees read this. Write "
        "“none” when there is none.",
    )
    accepts_new = fields.Boolean(
        string="Takes new people",
        default=True,
        help="Switch off when the coach is full.",
    )
    register_status = fields.Selection(
        [
            (NO_REGISTER, "No register"),
            (VALID, "Registered"),
            (EXPIRING, "Ends soon"),
            (EXPIRED, "Expired"),
        ],
        compute="_compute_register",
    )
    register_valid_until = fields.Date(
        string="Registered until", compute="_compute_register"
    )
    is_bookable = fields.Boolean(
        string="Can be chosen",
        compute="_compute_is_bookable",
        search="_search_is_bookable",
        compute_sudo=True,
    )
    not_bookable_reason = fields.Char(
        string="Why not", compute="_compute_is_bookable", compute_sudo=True
    )

    _user_unique = models.UniqueIndex(
        "(user_id) WHERE user_id IS NOT NULL",
        "This login already belongs to another coach.",
    )

    # -- computed -------------------------------------------------------------------

    @api.depends("registration_ids.valid_until")
    @api.depends_context("tz")
    def _compute_register(self):
        today = fields.Date.context_today(self)
        Registration = self.env["hr.career.coach.registration"]
        for coach in self:
            ends = [day for day in coach.registration_ids.mapped("valid_until") if day]
            coach.register_valid_until = max(ends, default=False)
            coach.register_status = (
                Registration._status_on(coach.register_valid_until, today)
                if ends
                else NO_REGISTER
            )

    @api.depends(
        "active",
        "user_id.active",
        "user_id.all_group_ids",
        "accepts_new",
        "is_external",
        "registration_ids.valid_until",
    )
    @api.depends_context("tz", "lang")
    def _compute_is_bookable(self):
        group = self.env.ref(GROUP_COACH)
        today = fields.Date.context_today(self)
        unused = logins.unused(self.env, self.user_id.ids)
        for coach in self:
            reason = coach._why_not_bookable(group, today, unused)
            coach.not_bookable_reason = reason
            coach.is_bookable = not reason

    def _search_is_bookable(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        found = Domain("id", "in", self.sudo()._search(self._bookable_domain(today)))
        wanted = Domain.FALSE
        if True in value:
            wanted |= found
        if False in value:
            wanted |= ~found
        return wanted

    @api.onchange("user_id")
    def _onchange_user_id(self):
        if self.user_id and not self.name:
            self.name = self.user_id.name

    # -- CRUD -----------------------------------------------------------------------

    def write(self, vals):
        """A login stays with its coach: another one would open the coach's cases."""
        if "user_id" in vals and any(
            coach.user_id and coach.user_id.id != vals["user_id"]
            for coach in self.sudo()
        ):
            raise UserError(
                self.env._(
                    "A coach keeps the login the coach started with. Archive this "
                    "coach and make a new one for the other login."
                )
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        """The same answer for every coach: a refusal for some would tell of cases."""
        raise UserError(
            self.env._("A coach is archived and never deleted. Use Archive instead.")
        )

    # -- who may be chosen ----------------------------------------------------------

    def _why_not_bookable(self, group, on_date, unused=()):
        """Sentence that says why nobody can choose this coach, or False."""
        self.ensure_one()
        if not self.active:
            return self.env._("This coach has left the directory.")
        if not self.user_id:
            return self.env._("This coach has no login yet.")
        if not self.user_id.active:
            return self.env._("The login of this coach is archived.")
        if group not in self.user_id.all_group_ids:
            return self.env._("The login does not have the role Coach yet.")
        if self.user_id.id in unused:
            return self.env._("The login was never used: let this coach log in once.")
        if not self.accepts_new:
            return self.env._("This coach takes no new people at the moment.")
        if self.is_external and not any(
            day and day >= on_date
            for day in self.registration_ids.mapped("valid_until")
        ):
            return self.env._("No entry in a professional register is valid today.")
        return False

    @api.model
    def _bookable_domain(self, on_date, company=None):
        """The same rule as `_why_not_bookable`, for the database."""
        group = self.env.ref(GROUP_COACH)
        everyone = self.sudo().search([("user_id", "!=", False)])
        unused = logins.unused(self.env, everyone.user_id.ids)
        domain = (
            Domain("active", "=", True)
            & Domain("user_id.active", "=", True)
            & Domain("user_id.all_group_ids", "in", group.ids)
            & Domain("user_id", "not in", sorted(unused))
            & Domain("accepts_new", "=", True)
            & (
                Domain("is_external", "=", False)
                | Domain("registration_ids.valid_until", ">=", on_date)
            )
        )
        if company:
            domain &= Domain("company_ids", "=", False) | Domain(
                "company_ids", "in", company.ids
            )
        return domain

    @api.model
    def _bookable(self, company, on_date):
        """Coaches an employee of `company` may choose on `on_date`, as superuser."""
        return self.sudo().search(self._bookable_domain(on_date, company))
