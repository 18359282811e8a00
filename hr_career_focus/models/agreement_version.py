from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine import values
from .entitlement_rule_choices import RULE_TERMS

#: What somebody vouches for who has checked a version, next to its rights.
VERSION_TERMS = ("valid_from", "valid_to", "has_after_effect")
#: In the context of whoever records the first check; no client can send it.
REGISTERING = object()


class CareerAgreementVersion(models.Model):
    """One text of an agreement, with the rights as that text words them.

    A version counts for nobody until somebody of HR has compared its rights with the
    text and put a name and a date to it; until then employees read "ask the career
    desk". The check is of these words and numbers: when one of them changes, somebody
    has to check again.
    """

    _name = "hr.career.agreement.version"
    _description = "Version of an Agreement"
    _order = "agreement_id, valid_from desc nulls last, id desc"

    agreement_id = fields.Many2one(
        "hr.career.agreement",
        required=True,
        ondelete="cascade",
        index=True,
    )
    company_id = fields.Many2one(related="agreement_id.company_id")
    is_company_rules = fields.Boolean(related="agreement_id.is_company_rules")
    name = fields.Char(
        string="Version",
        help="What people call this text. Leave it empty to name it after its years.",
    )
    active = fields.Boolean(default=True)
    valid_from = fields.Date(
        string="First day", help="Leave empty when it has always applied."
    )
    valid_to = fields.Date(
        string="Last day", help="Leave empty when the text names no last day."
    )
    has_after_effect = fields.Boolean(
        string="Stays in force after its end",
        default=True,
        help="After its last day the text goes on to apply to everybody who falls "
        "under it, until the next version begins.",
    )
    registered_on = fields.Date(
        string="Counts here since",
        readonly=True,
        copy=False,
        help="The day on which this version was checked for the first time.",
    )
    source_url = fields.Char(
        string="Source",
        help="Where the text was read: a web address or the title of a document.",
    )
    source_seen_on = fields.Date(
        string="Date of the source",
        help="The date of the text, or the day on which it was read.",
    )
    note = fields.Text(
        string="What to check",
        translate=True,
        help="What is not certain about these rights. For HR; employees do not see it.",
    )
    verified_by = fields.Char(string="Checked by", copy=False)
    verified_on = fields.Date(string="Checked on", copy=False)
    checked_terms = fields.Json(
        copy=False, help="The terms as they were when they were checked."
    )
    is_verified = fields.Boolean(
        string="Checked",
        compute="_compute_is_verified",
        store=True,
        help="Somebody compared the rights below with the text of the agreement.",
    )
    was_open = fields.Boolean(
        compute="_compute_was_open",
        store=True,
        copy=False,
        help="This version has been checked at some time, so it is archived and never "
        "deleted.",
    )
    rule_ids = fields.One2many(
        "hr.career.entitlement.rule", "version_id", string="Rights", copy=True
    )
    rule_count = fields.Integer(
        string="Number of rights", compute="_compute_rule_count"
    )
    missing = fields.Text(
        string="Still missing",
        compute="_compute_missing",
        help="What the rights need before this version can be checked.",
    )

    _valid_period = models.Constraint(
        "CHECK(valid_to IS NULL OR valid_from IS NULL OR valid_to >= valid_from)",
        "An agreement cannot end before it starts. Change one of the two dates.",
    )

    @api.depends("agreement_id.name", "name")
    @api.depends_context("lang", "version_only")
    def _compute_display_name(self):
        if self.env.context.get("version_only"):
            for version in self:
                version.display_name = version.name
            return
        for version in self:
            version.display_name = self.env._(
                "%(agreement)s, %(version)s",
                agreement=version.agreement_id.name or "",
                version=version.name or self.env._("new version"),
            )

    @api.depends(
        "verified_by",
        "verified_on",
        "checked_terms",
        *VERSION_TERMS,
        *(f"rule_ids.{name}" for name in RULE_TERMS),
    )
    def _compute_is_verified(self):
        for version in self:
            version.is_verified = bool(
                version.verified_by
                and version.verified_on
                and not any(rule._is_incomplete() for rule in version.rule_ids)
                and version._is_as_checked()
            )

    @api.depends("is_verified")
    def _compute_was_open(self):
        for version in self:
            version.was_open = version.was_open or version.is_verified

    @api.depends("rule_ids")
    def _compute_rule_count(self):
        for version in self:
            version.rule_count = len(version.rule_ids)

    @api.depends("rule_ids.missing")
    def _compute_missing(self):
        for version in self:
            lacking = version.rule_ids.filtered("missing")
            version.missing = "\n".join(
                self.env._(
                    "%(right)s: %(missing)s", right=rule.name, missing=rule.missing
                )
                for rule in lacking
            )

    @api.model_create_multi
    def create(self, vals_list):
        vals_list = [self._without_history(vals) for vals in vals_list]
        versions = super().create(vals_list)
        versions._name_after_years()
        versions._remember_what_was_open()
        return versions

    def write(self, vals):
        # A check taken back in the same transaction was a check all the same.
        self._remember_what_was_open()
        vals = self._without_history(vals)
        if "agreement_id" in vals:
            moved = self.filtered(
                lambda one: one.agreement_id.id != vals["agreement_id"]
            )
            moved._refuse_to_move_open_rights()
        automatic = self.browse()
        if {"valid_from", "valid_to"} & vals.keys() and "name" not in vals:
            automatic = self.filtered(lambda one: one.name == one._years())
        done = super().write(vals)
        self._name_after_years(automatic)
        self._remember_what_was_open()
        return done

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_once_open(self):
        self._refuse_to_lose_open_rights()

    def copy_data(self, default=None):
        values_list = super().copy_data(default=default)
        if not default:
            return values_list
        for version, vals in zip(self, values_list, strict=True):
            if vals.get("agreement_id") == version.agreement_id.id and (
                "name" not in default
            ):
                vals["name"] = self.env._("%s (copy)", version.name)
        return values_list

    def action_mark_checked(self):
        """Record that the user compared the rights with the text today."""
        self._refuse_to_check_what_is_not_ready()
        for version in self:
            version.write(
                {
                    "verified_by": self.env.user.name,
                    "verified_on": fields.Date.context_today(version),
                    "checked_terms": version._terms_now(),
                }
            )
        return True

    def action_withdraw_check(self):
        """Take the check back: the rights count for nobody until the next check."""
        return self.write(
            {"verified_by": False, "verified_on": False, "checked_terms": False}
        )

    def action_new_version(self):
        """Copy this version into a draft of the next one, and open it."""
        self.ensure_one()
        return self._next_version().action_open()

    def action_preview(self):
        """Open the preview for an invented employee."""
        self.ensure_one()
        action = self.agreement_id.action_preview()
        return {
            **action,
            "context": {**action["context"], "default_version_id": self.id},
        }

    def action_export(self):
        """Download these versions of one agreement, to share them."""
        exchange = self.env["hr.career.agreement.exchange"]
        return exchange._export(self.agreement_id, self)

    def action_open(self):
        """Open the form of this version."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def _next_version(self):
        """Return a draft with the same rights that begins when this one ends.

        It lasts as long as this one. Where this version has no last day, the next
        begins today, for HR to correct.
        """
        self.ensure_one()
        begins = fields.Date.context_today(self)
        ends = False
        if self.valid_to:
            begins = self.valid_to + relativedelta(days=1)
            if self.valid_from:
                length = relativedelta(begins, self.valid_from)
                ends = begins + length - relativedelta(days=1)
        return self.copy(
            {
                "name": False,
                "valid_from": begins,
                "valid_to": ends,
                "source_url": False,
                "source_seen_on": False,
                "note": False,
            }
        )

    def _engine_version(self, assume_verified=False):
        """Return this version as a value of the pure engine.

        :param assume_verified: answer as if it were checked (preview only)
        """
        self.ensure_one()
        return values.Version(
            key=str(self._origin.id),
            name=self.name or "",
            verified=assume_verified or self.is_verified,
            valid_from=self.valid_from or None,
            valid_to=self.valid_to or None,
            after_effect=self.has_after_effect,
            registered=self.registered_on or None,
        )

    def _timeline_key(self):
        """Return the place of a version in time, as the engine orders them."""
        first = fields.Date.from_string("0001-01-01")
        return (
            self.valid_from or first,
            self.registered_on or first,
            self._origin.id or 0,
        )

    def _terms_now(self):
        """Return the terms of the version and of its rights, to compare later."""
        self.ensure_one()
        terms = {"version": [str(self[name]) for name in VERSION_TERMS]}
        for rule in self.rule_ids:
            terms[str(rule._origin.id)] = rule._terms_now()
        return terms

    def _is_as_checked(self):
        """Tell whether every term in use is as it was when it was checked.

        A right that was archived since changes nothing. A check recorded without the
        terms, by an import, vouches for what is there.
        """
        checked = self.checked_terms
        return not checked or all(
            checked.get(name) == terms for name, terms in self._terms_now().items()
        )

    def _name_after_years(self, automatic=()):
        """Name versions after their years: without a name, or named so before."""
        for version in self:
            if version in automatic or not (version.name or "").strip():
                name = version._years()
                if name != version.name:
                    version.name = name

    def _years(self):
        """Return the years this version is for, as a name."""
        self.ensure_one()
        first, last = self.valid_from, self.valid_to
        if first and last and first.year != last.year:
            return f"{first.year}-{last.year}"
        if first and last:
            return str(first.year)
        if first:
            return self.env._("From %s", first.year)
        if last:
            return self.env._("Until %s", last.year)
        return self.env._("Text in force")

    @api.model
    def _without_history(self, vals):
        """Drop what only the check itself decides."""
        history = {"was_open", "registered_on"}
        if self.env.context.get("registering") is REGISTERING:
            history.remove("registered_on")
        return {name: vals[name] for name in vals if name not in history}

    def _remember_what_was_open(self):
        """Settle what has been open, before the check can change again."""
        if self.env.context.get("registering") is REGISTERING:
            return
        rules = self.with_context(active_test=False).rule_ids
        rules.mapped("was_open")
        self.mapped("was_open")
        for version in self:
            if version.is_verified and not version.registered_on:
                # A text loaded as data brings its own day; a user's check is of now.
                day = fields.Date.context_today(version)
                if self.env.su:
                    day = version.verified_on
                version.with_context(registering=REGISTERING).registered_on = day

    def _refuse_to_lose_open_rights(self):
        """Refuse deletion of whatever employees may have used.

        The answer depends on the agreement alone. Were it to depend on the uses, a
        refusal would tell HR that somebody asked.
        """
        self.with_context(active_test=False).rule_ids._refuse_to_lose_open_rights()
        if any(version.was_open for version in self):
            raise UserError(
                self.env._(
                    "This version has been open to employees. Archive it instead: "
                    "what was granted under it must still count."
                )
            )

    def _refuse_to_move_open_rights(self):
        if any(version.was_open for version in self):
            raise UserError(
                self.env._(
                    "This version has been open to employees, so it stays with its "
                    "agreement. Make a new version there instead."
                )
            )
