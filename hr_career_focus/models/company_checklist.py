from dataclasses import dataclass

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import config, format_date

from ..engine.roles import GROUP_COACH, GROUP_DESK
from .res_company import WORKS_COUNCIL_FLOOR

AGREEMENT = "agreement"
DESK = "desk"
COACHES = "coaches"
COUNCIL = "council"
PURPOSE = "purpose"
KEY_COPY = "key_copy"
CONTACT = "contact"
MAIL = "mail"
LOGINS = "logins"

REQUIRED = (AGREEMENT, DESK, COACHES, COUNCIL, PURPOSE, KEY_COPY)
ADVISED = (CONTACT, MAIL, LOGINS)
STEPS = REQUIRED + ADVISED

HR = "hr"
WORKS_COUNCIL = "works_council"
ADMINISTRATOR = "administrator"


@dataclass(frozen=True)
class ChecklistLine:
    """How one step of the set-up stands.

    code: one of `STEPS`
    is_done: whether the step holds today
    actor: who must act, or acts when something changes (HR, WORKS_COUNCIL, ...)
    detail: a translated sentence that says what was found
    """

    code: str
    is_done: bool
    actor: str
    detail: str

    @property
    def is_required(self):
        return self.code in REQUIRED


class ResCompany(models.Model):
    """What must hold before employees can ask, and that it holds on opening."""

    _inherit = "res.company"

    @api.constrains("career_live")
    def _check_career_live(self):
        """Nobody opens the doors early, whichever way the field is written."""
        for company in self.filtered("career_live"):
            missing = company._career_missing()
            if missing:
                raise ValidationError(
                    self.env._(
                        "Career Focus cannot be opened for %(company)s yet.\n%(lines)s",
                        company=company.name,
                        lines="\n".join(f"– {line.detail}" for line in missing),
                    )
                )

    @api.constrains("career_agreement_id")
    def _check_live_agreement(self):
        self._refuse_loss_while_live(AGREEMENT)

    @api.constrains(
        "career_council_date", "career_council_none", "career_council_document"
    )
    def _check_live_council(self):
        self._refuse_loss_while_live(COUNCIL)

    @api.constrains("career_purpose")
    def _check_live_purpose(self):
        self._refuse_loss_while_live(PURPOSE)

    @api.constrains("career_key_copy_stored", "career_key_copy_on")
    def _check_live_key_copy(self):
        self._refuse_loss_while_live(KEY_COPY)

    def _refuse_loss_while_live(self, code):
        """While open, what a company wrote down itself is not taken away again."""
        for company in self.filtered("career_live"):
            for line in company._career_missing():
                if line.code == code:
                    raise ValidationError(
                        self.env._(
                            "Career Focus is open for employees, so this stays needed. "
                            "%s",
                            line.detail,
                        )
                    )

    def _career_missing(self):
        """Required lines that do not hold today."""
        return [
            line
            for line in self._career_checklist()
            if line.is_required and not line.is_done
        ]

    def _career_checklist(self):
        """Every step of the set-up as it stands now, in order.

        :return: tuple of `ChecklistLine`
        """
        self.ensure_one()
        company = self.sudo()
        today = fields.Date.context_today(self)
        return (
            company._career_agreement_line(today),
            company._career_desk_line(today),
            company._career_coaches_line(today),
            company._career_council_line(today),
            company._career_purpose_line(),
            company._career_key_copy_line(),
            company._career_contact_line(),
            company._career_mail_line(),
            company._career_logins_line(),
        )

    # -- one method per step --------------------------------------------------------

    def _career_agreement_line(self, today):
        agreement = self.career_agreement_id
        name = agreement.name
        done = False
        if not agreement:
            detail = self.env._("No agreement is chosen yet.")
        elif not agreement.rule_ids.filtered("active"):
            detail = self.env._("“%s” holds no right yet.", name)
        elif not agreement.is_verified:
            detail = self.env._(
                "Nobody has compared “%s” with the text of the agreement yet.", name
            )
        elif not self._career_in_force(agreement, today):
            detail = self.env._("“%s” is not in force today.", name)
        else:
            done = True
            detail = self.env._(
                "%(agreement)s, checked by %(name)s on %(day)s.",
                agreement=name,
                name=agreement.verified_by,
                day=format_date(self.env, agreement.verified_on),
            )
        return ChecklistLine(AGREEMENT, done, HR, detail)

    @api.model
    def _career_in_force(self, agreement, today):
        started = not agreement.valid_from or agreement.valid_from <= today
        ended = (
            agreement.valid_to
            and agreement.valid_to < today
            and not agreement.has_after_effect
        )
        return agreement.active and started and not ended

    def _career_desk_line(self, today):
        desk = self.env.ref(GROUP_DESK)
        mandates = self.env["hr.career.mandate"]._in_force(today, company=self)
        mandates = mandates.filtered(
            lambda mandate: mandate.user_id.active
            and desk in mandate.user_id.all_group_ids
        )
        if mandates:
            holders = ", ".join(mandates.mapped("display_name"))
            if len(mandates.user_id) > 1:
                return ChecklistLine(DESK, True, HR, f"{holders}.")
            detail = self.env._(
                "%s. A second desk holder keeps the desk open during holidays.", holders
            )
            return ChecklistLine(DESK, True, HR, detail)
        if self._career_logins_with(desk):
            detail = self.env._("Nobody holds a mandate today. Record one.")
            return ChecklistLine(DESK, False, HR, detail)
        detail = self.env._(
            "No login has the role Career desk. An administrator gives it, to a login "
            "without HR or administrator rights."
        )
        return ChecklistLine(DESK, False, ADMINISTRATOR, detail)

    def _career_coaches_line(self, today):
        Coach = self.env["hr.career.coach"]
        bookable = Coach._bookable(self, today)
        external = bookable.filtered("is_external")
        detail = self.env._(
            "Employees can choose from %(external)s external and %(internal)s internal "
            "coaches.",
            external=len(external),
            internal=len(bookable - external),
        )
        if external:
            return ChecklistLine(COACHES, True, HR, detail)
        waiting = Coach.search(
            Domain("is_external", "=", True)
            & (
                Domain("company_ids", "=", False)
                | Domain("company_ids", "in", self.ids)
            ),
            limit=1,
        )
        actor = HR
        if not waiting:
            reason = self.env._("Add an external coach.")
        else:
            group = self.env.ref(GROUP_COACH)
            login = waiting.user_id
            if login.active and group not in login.all_group_ids:
                actor = ADMINISTRATOR
            reason = f"{waiting.name}: {waiting.not_bookable_reason}"
        detail = self.env._("No external coach can be chosen yet. %s", reason)
        return ChecklistLine(COACHES, False, actor, detail)

    def _career_council_line(self, today):
        done, actor = False, WORKS_COUNCIL
        if self.career_council_none:
            done = self._career_staff_count() < WORKS_COUNCIL_FLOOR
            actor = HR
            detail = (
                self.env._("No works council: fewer than %s staff.", WORKS_COUNCIL_FLOOR)
                if done
                else self.env._(
                    "The company now has %s or more staff, so a works council decides.",
                    WORKS_COUNCIL_FLOOR,
                )
            )
        elif not self.career_council_date:
            detail = self.env._("The day of the decision is not filled in yet.")
        elif self.career_council_date > today:
            detail = self.env._("The day of the decision lies in the future.")
        elif not self.career_council_document:
            actor = HR
            detail = self.env._("Fill in where the decision is filed.")
        else:
            done = True
            detail = self.env._(
                "Consent of %(day)s, filed in: %(place)s.",
                day=format_date(self.env, self.career_council_date),
                place=self.career_council_document,
            )
        return ChecklistLine(COUNCIL, done, actor, detail)

    def _career_purpose_line(self):
        if (self.career_purpose or "").strip():
            detail = self.env._("Employees can read what Career Focus is for.")
            return ChecklistLine(PURPOSE, True, HR, detail)
        detail = self.env._("Employees cannot read yet what Career Focus is for.")
        return ChecklistLine(PURPOSE, False, HR, detail)

    def _career_key_copy_line(self):
        if self.career_key_copy_stored and self.career_key_copy_on:
            detail = self.env._(
                "A copy was stored on %s.",
                format_date(self.env, self.career_key_copy_on),
            )
            return ChecklistLine(KEY_COPY, True, ADMINISTRATOR, detail)
        detail = self.env._("Nobody has confirmed yet that a copy of the key is stored.")
        return ChecklistLine(KEY_COPY, False, ADMINISTRATOR, detail)

    def _career_contact_line(self):
        if self.career_privacy_contact:
            return ChecklistLine(CONTACT, True, HR, self.career_privacy_contact)
        detail = self.env._(
            "Employees do not know yet whom to ask when something is not right."
        )
        return ChecklistLine(CONTACT, False, HR, detail)

    def _career_mail_line(self):
        servers = self.env["ir.mail_server"].search_count([("active", "=", True)])
        if servers or config["smtp_server"] not in (False, "", "localhost"):
            detail = self.env._("An outgoing mail server is set.")
            return ChecklistLine(MAIL, True, ADMINISTRATOR, detail)
        detail = self.env._(
            "No outgoing mail server is set, so nobody hears that there is a message."
        )
        return ChecklistLine(MAIL, False, ADMINISTRATOR, detail)

    def _career_logins_line(self):
        staff = self._career_staff_count()
        able = self.env["hr.employee"].search_count(
            [
                ("company_id", "=", self.id),
                ("active", "=", True),
                ("user_id.active", "=", True),
            ]
        )
        detail = self.env._(
            "%(able)s of %(staff)s employees can log in.", able=able, staff=staff
        )
        return ChecklistLine(LOGINS, bool(staff) and able == staff, ADMINISTRATOR, detail)

    def _career_logins_with(self, group):
        """Active logins of this company that hold a group."""
        return self.env["res.users"].search(
            [
                ("company_ids", "in", self.ids),
                ("all_group_ids", "in", group.ids),
                ("active", "=", True),
            ]
        )
