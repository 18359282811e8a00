"""People the tests of roles, coaches and mandates share. All invented."""

from contextlib import contextmanager
from datetime import date, datetime, time

from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user

from ..casework import mandates
from ..engine.roles import GROUP_COACH, GROUP_DESK, GROUP_OFFICER

TODAY = date(2026, 6, 15)


class PeopleCase(TransactionCase):
    """A company with an HR adviser, one login for the desk and two coaches."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "no_reset_password": True})
        cls.company = cls.env["res.company"].create(
            {"name": "Canal Works", "career_second_factor": False}
        )
        cls.hr = cls._login("hr_people", "hr.group_hr_manager")
        cls.staff = cls._login("staff_people", "base.group_user")
        cls.desk = cls._login("desk_people", f"base.group_user,{GROUP_DESK}")
        cls.officer = cls._login("officer_people", f"base.group_user,{GROUP_OFFICER}")
        cls.inside = cls._login("inside_people", f"base.group_user,{GROUP_COACH}")
        cls.outside = cls._login("outside_people", f"base.group_portal,{GROUP_COACH}")
        cls.coach_inside = cls.env["hr.career.coach"].create(
            {"name": "Ina Side", "user_id": cls.inside.id, "is_external": False}
        )
        cls.coach_outside = cls.env["hr.career.coach"].create(
            {
                "name": "Otto Side",
                "user_id": cls.outside.id,
                "is_external": True,
                "registration_ids": [
                    Command.create({"body": "Noloc", "valid_until": date(2027, 6, 15)})
                ],
            }
        )

    @contextmanager
    def _refused(self, exception, words):
        """Expect a refusal whose sentence holds `words`; what was tried is undone."""
        with self.assertRaises(exception) as caught:
            yield
        self.assertIn(words, str(caught.exception))

    @classmethod
    def _login(cls, login, groups):
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )

    @classmethod
    def _mandate_values(cls, **changes):
        return {
            "user_id": cls.desk.id,
            "company_id": cls.company.id,
            "date_from": date(2026, 1, 1),
            "date_to": date(2026, 12, 31),
            "appointed_by": "The board, on 12 December",
            "secrecy_statement": True,
            "secrecy_date": date(2025, 12, 15),
            **changes,
        }

    @classmethod
    def _confirm(cls, mandate, user=None):
        """Confirm `mandate` as its second person, the privacy officer when left out."""
        env = cls.env(user=user or cls.officer, su=False)
        mandates.confirm(env, mandate, datetime.combine(TODAY, time(9)))
        return mandate

    @classmethod
    def _agreement(cls, **changes):
        """An agreement of this company with one right, compared with its text."""
        version = {
            "verified_by": "Hanna Rood",
            "verified_on": date(2026, 3, 1),
            "rule_ids": [Command.create({"name": "Career budget", "quantity": 1000.0})],
            **changes,
        }
        return cls.env["hr.career.agreement"].create(
            {
                "name": "Waterways",
                "company_id": cls.company.id,
                "version_ids": [Command.create(version)],
            }
        )

    @classmethod
    def _make_ready(cls):
        """Everything the company needs before it opens, except opening."""
        cls._confirm(cls.env["hr.career.mandate"].create(cls._mandate_values()))
        cls.company.write(
            {
                "career_agreement_id": cls._agreement().id,
                "career_council_date": date(2026, 5, 3),
                "career_council_document": "Minutes of 3 May, item 4",
                "career_purpose": "To think about your work.",
                "career_key_copy_stored": True,
                "career_key_copy_on": date(2026, 5, 4),
            }
        )

    @classmethod
    def _employee(cls, name, user=None, **more):
        return cls.env["hr.employee"].create(
            {
                "name": name,
                "company_id": cls.company.id,
                "user_id": user.id if user else False,
                "date_version": date(2020, 1, 1),
                **more,
            }
        )
