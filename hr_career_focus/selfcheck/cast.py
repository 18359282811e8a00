"""The invented company of the rehearsal: a login for every role, and one case."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import uuid4

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from ..casework import (
    CoachDoor,
    DeskDoor,
    EmployeeDoor,
    approvals,
    followup,
    mandates,
)
from ..casework import constants as c
from ..casework.privacy import PrivacyDoor
from ..casework.retention import RetentionDoor
from ..engine.roles import CONFIDENTIAL_GROUPS
from .access import COUNCIL, PRIVACY

EMPLOYEE, COACH, DESK = "employee", "coach", "desk"
OFFICER = "privacy_officer"
EVERYTHING = "all_rights"
#: Nobody's login: whoever has the code for after leaving.
CODE_HOLDER = "code_holder"
USER = "base.group_user"
PORTAL = "base.group_portal"
FOCUS = "hr_career_focus.group_"
#: Logins by role. Groups that this database does not have are left out.
ROLES = {
    EMPLOYEE: (PORTAL,),
    "colleague": (PORTAL,),
    COACH: (PORTAL, f"{FOCUS}coach"),
    DESK: (USER, f"{FOCUS}desk"),
    "other_coach": (USER, f"{FOCUS}coach"),
    "other_desk": (USER, f"{FOCUS}desk"),
    "manager": (USER,),
    "hr_officer": ("hr.group_hr_user",),
    "hr_manager": ("hr.group_hr_manager",),
    "finance": (USER, f"{FOCUS}finance", "account.group_account_manager"),
    "budget_holder": (USER, f"{FOCUS}budget_holder"),
    "contact_manager": (USER, "base.group_partner_manager"),
    "works_council": (USER, COUNCIL),
    OFFICER: (USER, PRIVACY),
    "access_admin": (USER, "base.group_erp_manager"),
    "settings_admin": ("base.group_system",),
}
NEVER_WITH_OTHERS = (PORTAL, "base.group_public", PRIVACY, *CONFIDENTIAL_GROUPS)
QUIET = {
    "no_reset_password": True,
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "mail_notrack": True,
}


@dataclass(frozen=True)
class Words:
    """Words that occur in this case and nowhere else."""

    person: str
    shared: str
    own: str
    odd: str
    asked: str
    held: str


class Cast:
    """The company, its people, and the one case they live through."""

    def __init__(self, env):
        self.env = env(context={**env.context, **QUIET})
        self.words = Words(*(f"{name}-{uuid4().hex}" for name in "PSOCQH"))
        self.now = fields.Datetime.now()
        self.today = self.now.date()
        self.ref = self.odd_ref = self.code = None
        self.company = self._company()
        self.users = self._users()
        self._people()
        self._coaches()
        self._mandate()

    def env_of(self, role, **more):
        """Return the environment of a login, as its own requests have it."""
        context = {"lang": "en_US", "allowed_company_ids": self.company.ids}
        return self.env(
            user=self.users[role].id, **{"su": False, "context": context, **more}
        )

    # -- who ---------------------------------------------------------------------

    def _company(self):
        agreement = self.env["hr.career.agreement"].create(
            {
                "name": self.words.own[:8],
                "version_ids": [Command.create(self._version())],
            }
        )
        self.rule = agreement.version_ids.rule_ids
        values = {
            "name": uuid4().hex,
            "currency_id": self.env.company.currency_id.id,
            "career_agreement_id": agreement.id,
        }
        if "career_second_factor" in self.env["res.company"]._fields:
            values["career_second_factor"] = False
        company = self.env["res.company"].create(values)
        self.env.flush_all()
        # Past the checklist, which is about people who agree on something.
        self.env.cr.execute(
            SQL("UPDATE res_company SET career_live = true WHERE id = %s", company.id)
        )
        self.env.invalidate_all()
        return company

    def _version(self):
        rule = {
            "name": uuid4().hex,
            "article": "1",
            "unit": "amount",
            "quantity": 1000,
            "currency_id": self.env.company.currency_id.id,
            "interval_months": 60,
            "min_service_months": 12,
        }
        return {
            "verified_by": "-",
            "verified_on": date(2019, 1, 1),
            "rule_ids": [Command.create(rule)],
        }

    def _users(self):
        roles = dict(ROLES)
        roles[EVERYTHING] = self._everything()
        users = self.env["res.users"].create(
            [
                {
                    "name": self.words.person if role == EMPLOYEE else uuid4().hex,
                    "login": f"{role}-{uuid4().hex}@invalid",
                    "email": f"{role}-{uuid4().hex}@example.invalid",
                    "lang": "en_US",
                    "company_id": self.company.id,
                    "company_ids": [Command.set(self.company.ids)],
                    "group_ids": [Command.set(self._groups(names))],
                    # With a password from the start, so that another one is noticed.
                    **({"password": uuid4().hex} if role in (COACH, DESK) else {}),
                }
                for role, names in roles.items()
            ]
        )
        return dict(zip(roles, users, strict=True))

    def _everything(self):
        """Every group there is that may meet the others: also those of other addons."""
        groups = self.env["res.groups"].search([])
        apart = self.env["res.groups"].browse(self._groups(NEVER_WITH_OTHERS))
        apart |= apart.all_implied_by_ids
        names = groups.filtered(lambda one: not one.all_implied_ids & apart)
        return tuple(names.ids)

    def _groups(self, names):
        found = []
        for name in names:
            if isinstance(name, int):
                found.append(name)
            elif group := self.env.ref(name, raise_if_not_found=False):
                found.append(group.id)
        return found

    def _people(self):
        employees = self.env["hr.employee"].with_company(self.company)
        start = date(2015, 3, 1)
        department = self.env["hr.department"].create(
            {"name": uuid4().hex, "company_id": self.company.id}
        )
        made = {
            role: employees.create(
                {
                    "name": self.users[role].name,
                    "user_id": self.users[role].id,
                    "company_id": self.company.id,
                    "department_id": department.id,
                    "date_version": start,
                    "contract_date_start": start,
                }
            )
            for role in ("manager", EMPLOYEE, "colleague")
        }
        department.manager_id = made["manager"]
        (made[EMPLOYEE] | made["colleague"]).parent_id = made["manager"]

    def _coaches(self):
        self.coaches = {
            role: self.env["hr.career.coach"].create(
                {
                    "name": uuid4().hex,
                    "user_id": self.users[role].id,
                    "company_ids": [Command.set(self.company.ids)],
                    "registration_ids": [
                        Command.create(
                            {
                                "body": "noloc",
                                "number": "1",
                                "valid_until": self.today + timedelta(days=90),
                            }
                        )
                    ],
                }
            )
            for role in (COACH, "other_coach")
        }

    def _mandate(self):
        """Somebody else's desk has the role too, and no mandate."""
        mandate = (
            self.env["hr.career.mandate"]
            .with_company(self.company)
            .create(
                {
                    "user_id": self.users[DESK].id,
                    "company_id": self.company.id,
                    "date_from": self.today - timedelta(days=1),
                    "date_to": self.today + timedelta(days=30),
                    "appointed_by": "-",
                    "secrecy_statement": True,
                    "secrecy_date": self.today,
                }
            )
        )
        mandates.confirm(self.env_of(OFFICER), mandate, self.now)

    def take_over(self, role):
        """Give a login another password, as an administrator does."""
        self.users[role].password = uuid4().hex
        self.env.flush_all()

    # -- what --------------------------------------------------------------------

    def employee_door(self):
        return EmployeeDoor(self.env_of(EMPLOYEE), self.now)

    def coach_door(self):
        return CoachDoor(self.env_of(COACH), self.now)

    def desk_door(self):
        return DeskDoor(self.env_of(DESK), self.now)

    def live_through(self):
        """Ask, match, agree, meet, write: through the doors that people use."""
        self.ref = self.employee_door().request(
            kind=c.OWN_RIGHT, rule_id=self.rule.id, question=self.words.shared
        )
        self.desk_door().case(self.ref).assign(self.coaches[COACH].id)
        case = self.coach_door().case(self.ref)
        case.accept()
        version = case.propose_agreement({"goal": self.words.shared})
        case.sign(version)
        own = self.employee_door().case(self.ref)
        own.sign(version)
        own.write(c.NOTE, c.SELF, {"text": self.words.own})
        moment = (self.now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
        case.mark_session(case.propose_session({"on": moment}), "held", "1")
        own.write(c.MESSAGE, c.COACH, {"text": self.words.shared})
        self.employee_door().remind(f"{uuid4().hex}@example.invalid", 3)
        self.code = followup.make(own)
        self._call_in_others(own)

    def _call_in_others(self, own):
        """An opening is called odd; a list of names and a hold are asked for."""
        own.call_odd(own.view.openings[0].ref, self.words.odd)
        [odd] = PrivacyDoor(self.env_of(OFFICER), self.now).signals()
        self.odd_ref = odd.ref
        desk = self.env_of(DESK)
        approvals.ask(
            desk, self.company, approvals.BULK, "", self.words.asked, self.now
        )
        holds = RetentionDoor(self.env_of(OFFICER), self.now).holds
        holds.ask(self.users["colleague"].login, self.words.held)
