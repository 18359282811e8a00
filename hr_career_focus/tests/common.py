"""A small company with every role, for tests that need a whole case."""

from datetime import date, datetime
from uuid import uuid4

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..casework import CoachDoor, DeskDoor, EmployeeDoor, mandates
from ..casework import constants as c

#: The day tests act on unless they say otherwise.
TODAY = date(2026, 6, 15)
NOW = datetime(2026, 6, 15, 9, 0)


class CareerCompany:
    """Mixin of a test case: a live company, its people and their logins.

    ``victim`` asks, ``colleague`` does not; both are portal users. ``coach`` (external,
    portal) is the one assigned, ``other_coach`` (internal) is not. ``desk`` holds a
    mandate. ``manager`` leads the victim's department. Passwords equal logins.
    """

    #: Logins of people who may learn nothing, with their groups.
    OUTSIDERS = {
        "manager": "base.group_user",
        "hr_officer": "hr.group_hr_user",
        "hr_manager": "hr.group_hr_manager",
        "access_admin": "base.group_user,base.group_erp_manager",
        "settings_admin": "base.group_system",
        "contact_manager": "base.group_user,base.group_partner_manager",
        "finance": "base.group_user,hr_career_focus.group_finance",
        "works_council": "base.group_user,hr_career_focus.group_works_council",
        "privacy_officer": "base.group_user,hr_career_focus.group_privacy_officer",
    }

    @classmethod
    def make_company(cls):
        """Create everything. Dates are fixed around :data:`TODAY`."""
        cls.canary = f"CANARY-{uuid4().hex}"
        cls.users = {
            login: cls.make_user(login, groups)
            for login, groups in {
                "victim": "base.group_portal",
                "colleague": "base.group_portal",
                "coach": "base.group_portal,hr_career_focus.group_coach",
                "other_coach": "base.group_user,hr_career_focus.group_coach",
                "desk": "base.group_user,hr_career_focus.group_desk",
                **cls.OUTSIDERS,
            }.items()
        }
        cls.company = cls.env.company
        cls.company.write(
            {
                "career_council_date": date(2025, 1, 10),
                "career_purpose": "So that everybody can keep working with pleasure.",
                "career_agreement_id": cls._make_agreement().id,
                # Those who test the second factor switch it on.
                "career_second_factor": False,
            }
        )
        cls._make_people()
        cls._make_coaches()
        cls.mandate = cls.make_mandate("desk")
        cls._open_company()

    @classmethod
    def make_other_company(cls, name):
        """Create a company that asks no second factor either."""
        return cls.env["res.company"].create(
            {"name": name, "career_second_factor": False}
        )

    @classmethod
    def make_mandate(cls, login, confirmed_by="privacy_officer", **values):
        """Put ``login`` at the desk, in force; not yet without ``confirmed_by``."""
        mandate = cls.env["hr.career.mandate"].create(
            {
                "user_id": cls.users[login].id,
                "date_from": date(2020, 1, 1),
                "date_to": date(2035, 12, 31),
                "appointed_by": "The board, 12 May 2019",
                "secrecy_statement": True,
                "secrecy_date": date(2019, 5, 12),
                **values,
            }
        )
        if confirmed_by:
            mandates.confirm(cls.env_of(confirmed_by), mandate, NOW)
        return mandate

    @classmethod
    def make_user(cls, login, groups):
        """Create a login that reads English, whatever else the database speaks."""
        cls.env["res.lang"]._activate_lang("en_US")
        return new_test_user(
            cls.env, login, groups=groups, email=f"{login}@x.test", lang="en_US"
        )

    @classmethod
    def _open_company(cls):
        """Open the service past the checklist, which has tests of its own."""
        cls.env.flush_all()
        cls.env.cr.execute(
            "UPDATE res_company SET career_live = true WHERE id = %s", [cls.company.id]
        )
        cls.env.invalidate_all()

    @classmethod
    def _make_agreement(cls):
        cls.agreement = cls.env["hr.career.agreement"].create(
            {
                "name": "CAO Test",
                "version_ids": [
                    Command.create(
                        {
                            "verified_by": "A. Expert",
                            "verified_on": date(2019, 1, 1),
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": "Career traject",
                                        "article": "10.1",
                                        "unit": "amount",
                                        "quantity": 1000,
                                        "currency_id": cls.env.ref("base.EUR").id,
                                        "interval_months": 60,
                                        "min_service_months": 12,
                                    }
                                )
                            ],
                        }
                    )
                ],
            }
        )
        cls.version = cls.agreement.version_ids
        cls.rule = cls.version.rule_ids
        return cls.agreement

    @classmethod
    def _make_people(cls):
        cls.department = cls.env["hr.department"].create({"name": "Newsroom"})
        cls.elsewhere = cls.env["hr.department"].create({"name": "Studios"})
        cls.people = {}
        for login, department in {
            "manager": cls.department,
            "victim": cls.department,
            "colleague": cls.department,
            "other_coach": cls.elsewhere,
        }.items():
            cls.people[login] = cls.make_employee(
                f"{login.title()} Person", cls.users[login], department
            )
        cls.department.manager_id = cls.people["manager"]
        (cls.people["victim"] + cls.people["colleague"]).parent_id = cls.people[
            "manager"
        ]

    @classmethod
    def make_employee(cls, name, user=None, department=None, start=date(2015, 3, 1)):
        """Create an employee with a permanent contract from ``start``."""
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "user_id": user.id if user else False,
                "department_id": department.id if department else False,
                "date_version": start,
                "contract_date_start": start,
            }
        )

    @classmethod
    def _make_coaches(cls):
        cls.coaches = {
            login: cls.env["hr.career.coach"].create(
                {
                    "name": f"{login.title()} Name",
                    "user_id": cls.users[login].id,
                    "is_external": is_external,
                    "registration_ids": [
                        Command.create(
                            {
                                "body": "noloc",
                                "number": f"N-{login}",
                                "valid_until": date(2035, 1, 1),
                            }
                        )
                    ],
                }
            )
            for login, is_external in (("coach", True), ("other_coach", False))
        }

    # -- doors -------------------------------------------------------------------

    @classmethod
    def env_of(cls, login):
        """Return the environment of a login, as its own requests have it."""
        return cls.env(user=cls.users[login].id, su=False)

    @classmethod
    def employee_door(cls, login="victim", now=NOW):
        return EmployeeDoor(cls.env_of(login), now=now)

    @classmethod
    def desk_door(cls, login="desk", now=NOW):
        return DeskDoor(cls.env_of(login), now=now)

    @classmethod
    def coach_door(cls, login="coach", now=NOW):
        return CoachDoor(cls.env_of(login), now=now)

    # -- a case in each stage ----------------------------------------------------

    @classmethod
    def make_request(cls, login="victim", now=NOW, **values):
        """Let ``login`` ask for a traject; return its reference."""
        values = {"kind": c.OWN_RIGHT, "rule_id": cls.rule.id, **values}
        if values["kind"] != c.OWN_RIGHT:
            values.pop("rule_id")
        return cls.employee_door(login, now).request(**values)

    @classmethod
    def make_intake(cls, login="victim", coach="coach", now=NOW, **values):
        """As :meth:`make_request`, and the coach took the case."""
        ref = cls.make_request(login, now, **values)
        cls.desk_door(now=now).case(ref).assign(cls.coaches[coach].id)
        cls.coach_door(coach, now).case(ref).accept()
        return ref

    @classmethod
    def make_agreed(cls, login="victim", coach="coach", now=NOW, **values):
        """As :meth:`make_intake`, and both signed the agreement."""
        ref = cls.make_intake(login, coach, now, **values)
        case = cls.coach_door(coach, now).case(ref)
        version = case.propose_agreement({"goal": f"Find out what I want {cls.canary}"})
        case.sign(version)
        cls.employee_door(login, now).case(ref).sign(version)
        return ref

    @classmethod
    def make_active(cls, login="victim", coach="coach", now=NOW, **values):
        """As :meth:`make_agreed`, and the first session was held."""
        ref = cls.make_agreed(login, coach, now, **values)
        case = cls.coach_door(coach, now).case(ref)
        session = case.propose_session({"on": now.strftime("%Y-%m-%dT%H:%M")})
        case.mark_session(session, "held", "1.5")
        return ref

    @classmethod
    def make_aftercare(cls, login="victim", coach="coach", now=NOW, **values):
        """As :meth:`make_active`, and the employee closed the work."""
        ref = cls.make_active(login, coach, now, **values)
        cls.employee_door(login, now).case(ref).close(["study"], f"Yes {cls.canary}")
        return ref


class CareerCase(CareerCompany, TransactionCase):
    """A transaction test with :class:`CareerCompany` in place."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()
