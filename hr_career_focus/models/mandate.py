from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain
from odoo.tools import format_date

from ..casework import mandates
from ..engine.roles import GROUP_DESK

TO_CONFIRM = "to_confirm"
UPCOMING = "upcoming"
CURRENT = "current"
ENDED = "ended"
REVOKED = "revoked"
DEFAULT_TERM = relativedelta(years=2, days=-1)


class Mandate(models.Model):
    """Who runs the career desk of a company, from when to when, appointed by whom.

    The desk opens only inside these dates, and only once a second person has confirmed
    (``casework.mandates``). Employees can read this: who holds the desk is public.
    """

    _name = "hr.career.mandate"
    _description = "Career desk mandate"
    _order = "date_to desc, id desc"

    user_id = fields.Many2one(
        "res.users",
        string="Desk holder",
        required=True,
        ondelete="restrict",
        index=True,
        domain=lambda self: self._holder_domain(),
        help="A login with the role Career desk. It cannot be your own login.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        ondelete="restrict",
        index=True,
        default=lambda self: self.env.company,
    )
    date_from = fields.Date(
        string="From", required=True, default=lambda self: self._default_date_from()
    )
    date_to = fields.Date(
        string="Until",
        required=True,
        default=lambda self: self._default_date_from() + DEFAULT_TERM,
        help="Last day. The day after, the desk is closed to this person.",
    )
    appointed_by = fields.Char(
        string="Appointed by",
        required=True,
        translate=True,
        help="Who took the decision, and when. For example: the board, with consent of "
        "the works council, on 12 May.",
    )
    scope = fields.Text(
        required=True,
        translate=True,
        default=lambda self: self._default_scope(),
        help="What the desk holder may do. Employees read this.",
    )
    secrecy_statement = fields.Boolean(
        string="Secrecy statement signed",
        help="The desk holder has signed a statement of secrecy that also binds after "
        "the mandate has ended.",
    )
    secrecy_date = fields.Date(
        string="Signed on", default=lambda self: fields.Date.context_today(self)
    )
    active = fields.Boolean(
        default=True, help="Switch off to withdraw the mandate before its last day."
    )
    recorded_by = fields.Many2one(
        "res.users",
        string="Recorded by",
        readonly=True,
        copy=False,
        help="Who recorded or last changed this mandate. Somebody else confirms it.",
    )
    confirmed_by = fields.Many2one(
        "res.users",
        string="Confirmed by",
        readonly=True,
        copy=False,
        ondelete="restrict",
        help="The second person: a privacy officer or another desk holder. Empty for "
        "a mandate from before a second person was asked for.",
    )
    confirmed_on = fields.Date(string="Confirmed on", readonly=True, copy=False)
    # A keyed hash over what was confirmed; nobody needs to see it.
    confirmation = fields.Char(readonly=True, copy=False, groups=fields.NO_ACCESS)
    is_confirmed = fields.Boolean(
        string="Confirmed",
        compute="_compute_is_confirmed",
        help="Whether a second person has confirmed this mandate as it is now.",
    )
    state = fields.Selection(
        [
            (TO_CONFIRM, "Waits for a second person"),
            (UPCOMING, "Starts later"),
            (CURRENT, "In force"),
            (ENDED, "Ended"),
            (REVOKED, "Withdrawn"),
        ],
        compute="_compute_state",
    )

    _dates_in_order = models.Constraint(
        "CHECK(date_to >= date_from)",
        "A mandate cannot end before it starts.",
    )

    # -- defaults and computed ------------------------------------------------------

    @api.model
    def _holder_domain(self):
        """Logins the form offers; `_check_holder` is what holds."""
        return [
            ("all_group_ids", "in", self.env.ref(GROUP_DESK).ids),
            ("id", "!=", self.env.uid),
        ]

    @api.model
    def _default_date_from(self):
        return fields.Date.context_today(self)

    @api.model
    def _default_scope(self):
        return self.env._("Answers requests for career guidance and matches coaches.")

    @api.depends(*mandates.CONFIRMED, "confirmed_by", "confirmed_on", "confirmation")
    def _compute_is_confirmed(self):
        confirmed = mandates.proven(self._origin)
        for mandate in self:
            mandate.is_confirmed = mandate._origin.id in confirmed

    @api.depends("date_from", "date_to", "active", "is_confirmed")
    @api.depends_context("tz")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for mandate in self:
            if not mandate.active:
                mandate.state = REVOKED
            elif mandate.date_to and mandate.date_to < today:
                mandate.state = ENDED
            elif not mandate.is_confirmed:
                mandate.state = TO_CONFIRM
            elif mandate.date_from and mandate.date_from > today:
                mandate.state = UPCOMING
            else:
                mandate.state = CURRENT

    @api.depends("user_id.name", "date_to")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for mandate in self:
            holder = mandate.sudo().user_id.name
            mandate.display_name = holder and self.env._(
                "%(holder)s, until %(day)s",
                holder=holder,
                day=format_date(self.env, mandate.date_to),
            )

    # -- constraints ----------------------------------------------------------------

    @api.constrains("user_id", "company_id", "date_from", "date_to", "active")
    def _check_holder(self):
        """Two hands: whoever records a mandate is not the one who holds it."""
        group = self.env.ref(GROUP_DESK)
        for mandate in self:
            if not mandate.active:
                continue
            holder = mandate.sudo().user_id
            if holder.id == self.env.uid:
                raise ValidationError(
                    self.env._(
                        "You cannot give the career desk to your own login. Somebody "
                        "else has to record your mandate."
                    )
                )
            if group not in holder.all_group_ids:
                raise ValidationError(
                    self.env._(
                        "%s does not have the role Career desk. Ask an administrator "
                        "to give the login this role first.",
                        holder.name,
                    )
                )

    @api.constrains("secrecy_statement", "secrecy_date", "active")
    def _check_secrecy(self):
        for mandate in self:
            if mandate.active and not (
                mandate.secrecy_statement and mandate.secrecy_date
            ):
                raise ValidationError(
                    self.env._(
                        "A mandate needs a signed statement of secrecy, and the day it "
                        "was signed."
                    )
                )

    @api.constrains("user_id", "company_id", "date_from", "date_to", "active")
    def _check_overlap(self):
        """One mandate per person and company at a time; several people may hold one."""
        for mandate in self.filtered("active"):
            same_time = (
                Domain("id", "!=", mandate.id)
                & Domain("user_id", "=", mandate.user_id.id)
                & Domain("company_id", "=", mandate.company_id.id)
                & Domain("date_from", "<=", mandate.date_to)
                & Domain("date_to", ">=", mandate.date_from)
            )
            if self.sudo().search_count(same_time, limit=1):
                raise ValidationError(
                    self.env._(
                        "%s already holds a mandate for this company in that period.",
                        mandate.sudo().user_id.name,
                    )
                )

    # -- CRUD -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_reserved(vals)
        # No default of the context fills them in either.
        reserved = {f"default_{name}" for name in mandates.RESERVED}
        context = {k: v for k, v in self.env.context.items() if k not in reserved}
        # pylint: disable=context-overridden
        made = super(Mandate, self.with_context(context)).create(
            [{**vals, "recorded_by": self.env.uid} for vals in vals_list]
        )
        made._ask_second_person()
        return made.with_env(self.env)

    def write(self, vals):
        """Who held the desk, and since when, stays true once a mandate has begun.

        What a second person confirmed, and what then changes, is confirmed anew.
        """
        self._refuse_reserved(vals)
        self.check_access("write")
        mandates.hold(self)
        self._refuse_when_begun(
            self.env._(
                "This mandate has begun. Its holder, company and first day can no "
                "longer change. Withdraw it and record a new one."
            ),
            vals,
        )
        changed = self.filtered(lambda mandate: mandate._confirms_otherwise(vals))
        is_withdrawn = not vals.get("active", True)
        withdrawn = self.filtered(lambda one: is_withdrawn and one.active)
        done = super().write(vals)
        # Who had confirmed a withdrawn mandate can still be read.
        super(Mandate, withdrawn.sudo()).write({"confirmation": False})
        if changed:
            empty = dict.fromkeys(mandates.RESERVED, False)
            super(Mandate, changed.sudo()).write({**empty, "recorded_by": self.env.uid})
            changed._ask_second_person()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_except_begun(self):
        self._refuse_when_begun(
            self.env._(
                "This mandate has begun, so it is part of the record. Archive it to "
                "withdraw it."
            )
        )

    # -- actions --------------------------------------------------------------------

    def action_confirm(self):
        """Open the page on which a second person confirms."""
        return self.env["ir.actions.actions"]._for_xml_id(
            "hr_career_focus.confirm_action"
        )

    # -- business -------------------------------------------------------------------

    @api.model
    def _mandated_companies(self, user, on_date=None):
        """Companies whose desk `user` runs on `on_date` (today when left out).

        Empty without the role, with an archived login, and outside the dates.
        """
        on_date = on_date or fields.Date.context_today(self)
        user = user.sudo()
        group = self.env.ref(GROUP_DESK)
        if not user.active or group not in user.all_group_ids:
            return self.env["res.company"].sudo()
        return self._in_force(on_date, user=user).company_id

    @api.model
    def _in_force(self, on_date, user=None, company=None):
        """Mandates in force on a day, as superuser, of a login or of a company.

        Those alone that a second person has confirmed, as they are now.
        """
        found = self._running(on_date, user, company)
        confirmed = mandates.proven(found)
        return found.filtered(lambda mandate: mandate.id in confirmed)

    @api.model
    def _running(self, on_date, users=None, company=None):
        """Mandates of a day, as superuser, confirmed or not; of these logins."""
        domain = (
            Domain("active", "=", True)
            & Domain("date_from", "<=", on_date)
            & Domain("date_to", ">=", on_date)
        )
        if users is not None:
            domain &= Domain("user_id", "in", users.ids)
        if company is not None:
            domain &= Domain("company_id", "=", company.id)
        return self.sudo().search(domain)

    @api.model
    def _unconfirmed(self, on_date, companies):
        """Mandates of `companies` that wait for a second person, as superuser."""
        found = self.sudo().search(
            Domain("active", "=", True)
            & Domain("date_to", ">=", on_date)
            & Domain("company_id", "in", companies.ids)
        )
        confirmed = mandates.proven(found)
        return found.filtered(lambda mandate: mandate.id not in confirmed)

    def _mark(self):
        """What tells this confirmation from any other, also of the same mandate."""
        self.ensure_one()
        return f"mandate-{self.id}-{mandates.proven(self)[self.id]}"

    def _refuse_reserved(self, vals):
        """Raise when `vals` fill in what only a confirmation does."""
        if any(name in vals for name in mandates.RESERVED):
            raise UserError(
                self.env._(
                    "A second person confirms a mandate on the page Second person. It "
                    "cannot be filled in."
                )
            )

    def _confirms_otherwise(self, vals):
        """Whether `vals` change what a second person confirms."""
        self.ensure_one()
        if vals.get("active") and not self.active:
            return True
        return any(
            self._fields[name].convert_to_cache(vals[name], self)
            != self._fields[name].convert_to_cache(self[name], self)
            for name in mandates.CONFIRMED
            if name in vals
        )

    def _ask_second_person(self):
        """Tell those who can confirm, once the service is at work."""
        if self.env.registry.ready and not self.env.context.get("install_mode"):
            today = fields.Date.context_today(self)
            mandates.notify(self.env, self.filtered("active"), today)

    def _refuse_when_begun(self, message, vals=None):
        """Raise `message` when a mandate of `self` has begun and `vals` alter it."""
        today = fields.Date.context_today(self)
        for mandate in self:
            if mandate.date_from <= today and (vals is None or mandate._differs(vals)):
                raise UserError(message)

    def _differs(self, vals):
        """Whether `vals` change who holds this mandate, where, or since when."""
        self.ensure_one()
        new_start = fields.Date.to_date(vals.get("date_from", self.date_from))
        return (
            vals.get("user_id", self.user_id.id) != self.user_id.id
            or vals.get("company_id", self.company_id.id) != self.company_id.id
            or new_start != self.date_from
        )
