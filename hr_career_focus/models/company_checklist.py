"""What must hold before employees can ask for guidance, and what was found.

Plain Python around a company: no field is computed, nothing is stored, every reading is
of this moment.
"""

from dataclasses import dataclass

from odoo import fields
from odoo.fields import Domain
from odoo.tools import config, format_date

from ..engine.roles import (
    GROUP_COACH,
    GROUP_DESK,
    GROUP_OFFICER,
    SECOND_FACTOR_GROUPS,
)

WORKS_COUNCIL_FLOOR = 50

AGREEMENT = "agreement"
DESK = "desk"
COACHES = "coaches"
COUNCIL = "council"
PURPOSE = "purpose"
KEY_COPY = "key_copy"
CONTACT = "contact"
LOG_MAILBOX = "log_mailbox"
PERSONAL_SEAL = "personal_seal"
RETENTION = "retention"
VOUCHERS = "vouchers"
MAIL = "mail"
LOGINS = "logins"
SECOND_FACTOR = "second_factor"

REQUIRED = (AGREEMENT, DESK, COACHES, COUNCIL, PURPOSE, KEY_COPY)
ADVISED = (
    CONTACT,
    LOG_MAILBOX,
    PERSONAL_SEAL,
    RETENTION,
    VOUCHERS,
    MAIL,
    LOGINS,
    SECOND_FACTOR,
)
STEPS = REQUIRED + ADVISED

HR = "hr"
WORKS_COUNCIL = "works_council"
ADMINISTRATOR = "administrator"
OFFICER = "privacy_officer"


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


class Checklist:
    """The set-up of one company, step by step, read as superuser.

    Example::

        for line in Checklist(company).lines():
            print(line.code, line.is_done, line.detail)
    """

    def __init__(self, company):
        company.ensure_one()
        self.company = company.sudo()
        self.env = self.company.env
        self.today = fields.Date.context_today(company)

    def missing(self):
        """Required lines that do not hold today."""
        return [line for line in self.lines() if line.is_required and not line.is_done]

    def lines(self):
        """Every step as it stands now, in the order of `STEPS`."""
        return (
            self._agreement(),
            self._desk(),
            self._coaches(),
            self._council(),
            self._purpose(),
            self._key_copy(),
            self._contact(),
            self._log_mailbox(),
            self._personal_seal(),
            self._retention(),
            self._vouchers(),
            self._mail(),
            self._logins(),
            self._second_factor(),
        )

    # -- one method per step --------------------------------------------------------

    def _agreement(self):
        agreement = self.company.career_agreement_id
        name = agreement.name
        version = agreement.version_id
        done = False
        if not agreement:
            detail = self.env._("No agreement is chosen yet.")
        elif not version.rule_ids:
            detail = self.env._("“%s” holds no right yet.", name)
        elif not version.is_verified:
            detail = self.env._(
                "Nobody has compared “%s” with the text of the agreement yet.", name
            )
        elif not self._is_in_force(agreement, version):
            detail = self.env._("“%s” is not in force today.", name)
        else:
            done = True
            detail = self.env._(
                "%(agreement)s, checked by %(name)s on %(day)s.",
                agreement=name,
                name=version.verified_by,
                day=format_date(self.env, version.verified_on),
            )
        return ChecklistLine(AGREEMENT, done, HR, detail)

    def _is_in_force(self, agreement, version):
        text = agreement._engine_agreement().version_on(self.today)
        return agreement.active and text is not None and text.key == str(version.id)

    def _desk(self):
        desk = self.env.ref(GROUP_DESK)
        mandates = self.env["hr.career.mandate"]._in_force(
            self.today, company=self.company
        )
        mandates = mandates.filtered(
            lambda mandate: (
                mandate.user_id.active and desk in mandate.user_id.all_group_ids
            )
        )
        if mandates:
            holders = ", ".join(mandates.mapped("display_name"))
            if len(mandates.user_id) > 1:
                return ChecklistLine(DESK, True, HR, f"{holders}.")
            detail = self.env._(
                "%s. A second desk holder keeps the desk open during holidays.", holders
            )
            return ChecklistLine(DESK, True, HR, detail)
        if self.env["hr.career.mandate"]._unconfirmed(self.today, self.company):
            return self._desk_unconfirmed()
        if self._logins_with(desk):
            detail = self.env._("Nobody holds a mandate today. Record one.")
            return ChecklistLine(DESK, False, HR, detail)
        detail = self.env._(
            "No login has the role Career desk. An administrator gives it, to a login "
            "without HR or administrator rights."
        )
        return ChecklistLine(DESK, False, ADMINISTRATOR, detail)

    def _desk_unconfirmed(self):
        """A mandate is recorded; who can be its second person?"""
        if self._logins_with(self.env.ref(GROUP_OFFICER)):
            detail = self.env._(
                "A mandate waits for a second person. The privacy officer confirms it "
                "under Career Focus, Second person."
            )
            return ChecklistLine(DESK, False, OFFICER, detail)
        detail = self.env._(
            "A mandate waits for a second person, and nobody can be that. An "
            "administrator gives the role Privacy officer to a login outside HR."
        )
        return ChecklistLine(DESK, False, ADMINISTRATOR, detail)

    def _coaches(self):
        Coach = self.env["hr.career.coach"]
        bookable = Coach._bookable(self.company, self.today)
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
                | Domain("company_ids", "in", self.company.ids)
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

    def _council(self):
        done, actor = False, WORKS_COUNCIL
        if self.company.career_council_none:
            done = self.company._career_staff_count() < WORKS_COUNCIL_FLOOR
            actor = HR
            detail = (
                self.env._(
                    "No works council: fewer than %s staff.", WORKS_COUNCIL_FLOOR
                )
                if done
                else self.env._(
                    "The company now has %s or more staff, so a works council decides.",
                    WORKS_COUNCIL_FLOOR,
                )
            )
        elif not self.company.career_council_date:
            detail = self.env._("The day of the decision is not filled in yet.")
        elif self.company.career_council_date > self.today:
            detail = self.env._("The day of the decision lies in the future.")
        elif not self.company.career_council_document:
            actor = HR
            detail = self.env._("Fill in where the decision is filed.")
        else:
            done = True
            detail = self.env._(
                "Consent of %(day)s, filed in: %(place)s.",
                day=format_date(self.env, self.company.career_council_date),
                place=self.company.career_council_document,
            )
        return ChecklistLine(COUNCIL, done, actor, detail)

    def _purpose(self):
        if (self.company.career_purpose or "").strip():
            detail = self.env._("Employees can read what Career Focus is for.")
            return ChecklistLine(PURPOSE, True, HR, detail)
        detail = self.env._("Employees cannot read yet what Career Focus is for.")
        return ChecklistLine(PURPOSE, False, HR, detail)

    def _key_copy(self):
        if self.company.career_key_copy_stored and self.company.career_key_copy_on:
            detail = self.env._(
                "A copy was stored on %s.",
                format_date(self.env, self.company.career_key_copy_on),
            )
            return ChecklistLine(KEY_COPY, True, ADMINISTRATOR, detail)
        detail = self.env._(
            "Nobody has confirmed yet that a copy of the key is stored."
        )
        return ChecklistLine(KEY_COPY, False, ADMINISTRATOR, detail)

    def _contact(self):
        if self.company.career_privacy_contact:
            return ChecklistLine(CONTACT, True, HR, self.company.career_privacy_contact)
        detail = self.env._(
            "Employees do not know yet whom to ask when something is not right."
        )
        return ChecklistLine(CONTACT, False, HR, detail)

    def _log_mailbox(self):
        if self.company.career_log_mailbox:
            detail = self.env._(
                "The control number goes to %s every day.",
                self.company.career_log_mailbox,
            )
            return ChecklistLine(LOG_MAILBOX, True, HR, detail)
        detail = self.env._(
            "The control number of the access log is kept nowhere outside the system."
        )
        return ChecklistLine(LOG_MAILBOX, False, HR, detail)

    def _personal_seal(self):
        if not self.company.career_personal_seal:
            detail = self.env._(
                "Texts are sealed with the key of the server. Keys of their own for "
                "employees and coaches are not switched on."
            )
            return ChecklistLine(PERSONAL_SEAL, False, HR, detail)
        detail = self.env._(
            "Employees and coaches can seal with keys of their own. Nobody helps who "
            "loses a passphrase."
        )
        if self.company.career_recovery_key:
            detail = self.env._(
                "Employees and coaches can seal with keys of their own. An office "
                "helps who loses a passphrase."
            )
        return ChecklistLine(PERSONAL_SEAL, True, HR, detail)

    def _retention(self):
        detail = self.env._(
            "Ended cases are deleted by themselves %s months after the month in which "
            "they ended.",
            self.company.career_retention_months,
        )
        return ChecklistLine(RETENTION, True, HR, detail)

    def _vouchers(self):
        detail = self.env._(
            "A voucher is valid until the end of a month, %s months after it was made.",
            self.company.career_voucher_months,
        )
        return ChecklistLine(VOUCHERS, True, HR, detail)

    def _mail(self):
        servers = self.env["ir.mail_server"].search_count([("active", "=", True)])
        if servers or config["smtp_server"] not in (False, "", "localhost"):
            detail = self.env._("An outgoing mail server is set.")
            return ChecklistLine(MAIL, True, ADMINISTRATOR, detail)
        detail = self.env._(
            "No outgoing mail server is set, so nobody hears that there is a message."
        )
        return ChecklistLine(MAIL, False, ADMINISTRATOR, detail)

    def _logins(self):
        staff = self.company._career_staff_count()
        able = self.env["hr.employee"].search_count(
            [
                ("company_id", "=", self.company.id),
                ("active", "=", True),
                ("user_id.active", "=", True),
            ]
        )
        detail = self.env._(
            "%(able)s of %(staff)s employees can log in.", able=able, staff=staff
        )
        return ChecklistLine(
            LOGINS, bool(staff) and able == staff, ADMINISTRATOR, detail
        )

    def _second_factor(self):
        if not self.company.career_second_factor:
            detail = self.env._(
                "Switched off: a password alone opens what people confide."
            )
            return ChecklistLine(SECOND_FACTOR, False, HR, detail)
        users = self.env["res.users"].search(
            Domain("company_ids", "in", self.company.ids)
            & Domain("active", "=", True)
            & Domain(
                "all_group_ids",
                "in",
                [self.env.ref(name).id for name in SECOND_FACTOR_GROUPS],
            )
        )
        able = users.filtered(
            lambda user: user.totp_enabled or user.auth_passkey_key_ids
        )
        detail = self.env._(
            "Wanted of coaches, desk and privacy officers; %(able)s of %(all)s have "
            "one.",
            able=len(able),
            all=len(users),
        )
        return ChecklistLine(SECOND_FACTOR, users == able, ADMINISTRATOR, detail)

    def _logins_with(self, group):
        """Active logins of this company that hold a group."""
        return self.env["res.users"].search(
            [
                ("company_ids", "in", self.company.ids),
                ("all_group_ids", "in", group.ids),
                ("active", "=", True),
            ]
        )
