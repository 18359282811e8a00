"""An organisation to publish figures about, with cases in the real vault."""

from datetime import date

from odoo.tools import SQL

from odoo.addons.hr_career_focus.casework.opening import Dossier, vault

from ..models.frozen_mixin import publishing


class Organisation:
    """A company that is open, with departments of given sizes.

    :param sizes: number of people per department name, in order.
    :param parents: name of the department above, where there is one.
    """

    def __init__(self, env, name, sizes, parents=None, since=date(2020, 1, 1)):
        self.env = env
        self.company = env["res.company"].create(
            {
                "name": name,
                "career_council_date": "2024-06-01",
                "career_council_document": "Minutes of 1 June 2024",
            }
        )
        self.settle(career_live=True)
        self.departments = {}
        for department in sizes:
            above = (parents or {}).get(department)
            self.departments[department] = env["hr.department"].create(
                {
                    "name": department,
                    "company_id": self.company.id,
                    "parent_id": self.departments[above].id if above else False,
                }
            )
        self.staff = {}
        for department, number in sizes.items():
            self.staff[department] = self.hire(department, number, since)

    def settle(self, **values):
        """Put values on the company past the checklist, which has tests of its own."""
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE res_company SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    self.company.id,
                )
            )
        self.env.invalidate_all()

    @property
    def employees(self):
        """Everybody, in order of department."""
        return self.env["hr.employee"].union(*self.staff.values())

    def hire(self, department, number, since, **values):
        """Hire `number` people in a department and return them."""
        unit = self.departments.get(department)
        return (
            self.env["hr.employee"]
            .with_context(tracking_disable=True)
            .create(
                [
                    {
                        "name": f"{department} {position}",
                        "company_id": self.company.id,
                        "department_id": unit.id if unit else False,
                        "date_version": since,
                        "contract_date_start": since,
                        "birthday": date(1962 + position % 40, 5, 1),
                        "sex": ("female", "male")[position % 2],
                        "certificate": ("graduate", "bachelor", "master")[position % 3],
                        **values,
                    }
                    for position in range(number)
                ]
            )
        )

    def start(self, employees, month, kind="own_right", state="active"):
        """Let people start a traject in a month, in the vault."""
        with vault(self.env) as inside:
            for employee in employees:
                Dossier.create(
                    inside,
                    {
                        "company_id": self.company.id,
                        "kind": kind,
                        "state": state,
                        "month_requested": month,
                        "month_started": month,
                    },
                    {
                        # one running traject for each owner: a number of its own
                        "user": 10**6 + employee.id,
                        "employee": employee.id,
                        "name": employee.name,
                    },
                )

    def manager_of(self, department, login, groups="base.group_user"):
        """Make a login that manages a department, and return it."""
        user = self.login(login, groups)
        employee = self.staff[department][:1]
        employee.user_id = user
        self.departments[department].manager_id = employee
        return user

    def login(self, login, groups):
        """Make a login in this company."""
        return (
            self.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": login,
                    "login": login,
                    "password": login.ljust(8, "x"),
                    "company_id": self.company.id,
                    "company_ids": [(6, 0, self.company.ids)],
                    "group_ids": [
                        (6, 0, [self.env.ref(xmlid).id for xmlid in groups.split(",")])
                    ],
                }
            )
        )

    def publish(self, year, period="year"):
        """Publish a period as the job does."""
        with publishing():
            return self.env["hr.career.release.job"]._publish(
                self.company, year, period
            )
