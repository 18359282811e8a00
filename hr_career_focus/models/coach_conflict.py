from odoo import fields, models
from odoo.tools import SQL

from ..engine.conflict import CoachFacts, Organisation, Requester, conflicts_of_all
from ..engine.roles import INCOMPATIBLE_GROUPS


class Coach(models.Model):
    """The facts of the conflict guard: who stands where, read in a fixed number of
    queries, judged by `engine.conflict`."""

    _inherit = "hr.career.coach"

    def _conflicts_with(self, employee, on_date=None):
        """Conflicts of interest of each coach in `self` with one employee.

        :param employee: `hr.employee`, the person who asks for guidance
        :param on_date: day whose departments count, today when left out
        :return: dict of coach id to the list of codes of `engine.conflict`; every
            coach in `self` has a key
        """
        employee = employee.sudo()
        employee.ensure_one()
        on_date = on_date or fields.Date.context_today(self)
        units, hr_users = self._units_on(on_date, employee)
        managers, heads, parents = self._structure()
        house = Organisation(
            manager_of=managers, unit_of=units, parent_unit=parents, head_of=heads
        )
        requester = Requester(
            employee=employee.id,
            user=employee.user_id.id or None,
            contact=employee.work_contact_id.id or None,
            hr_user=hr_users.get(employee.id),
        )
        return conflicts_of_all(requester, self._coach_facts(), house)

    def _coach_facts(self):
        """What the guard knows of each coach in `self`, by coach id."""
        coaches = self.sudo()
        incompatible = self.env["res.groups"].sudo()
        for xmlid in INCOMPATIBLE_GROUPS:
            incompatible |= incompatible.env.ref(xmlid)
        employees = coaches._employees_of_users(coaches.user_id)
        return {
            coach.id: CoachFacts(
                user=coach.user_id.id or None,
                contact=coach.user_id.partner_id.id or None,
                employees=frozenset(employees.get(coach.user_id.id, ())),
                has_forbidden_rights=bool(coach.user_id.all_group_ids & incompatible),
            )
            for coach in coaches
        }

    def _employees_of_users(self, users):
        """Employee ids by login: by the login itself or by the contact behind it, in
        every company, also of people who left (they may still sit in the line)."""
        found = {}
        if not users:
            return found
        Employee = self.env["hr.employee"]
        Employee.flush_model(["user_id", "work_contact_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT u.id, e.id
                     FROM res_users u
                     JOIN hr_employee e
                       ON e.user_id = u.id OR e.work_contact_id = u.partner_id
                    WHERE u.id = ANY(%s)""",
                users.ids,
            )
        )
        for user_id, employee_id in rows:
            found.setdefault(user_id, set()).add(employee_id)
        return found

    def _units_on(self, on_date, requester):
        """Department of every employee and HR adviser of the requester on a day.

        The version in force on that day counts; before the first one, the first.
        """
        Version = self.env["hr.version"]
        Version.flush_model(
            [
                "employee_id",
                "date_version",
                "department_id",
                "hr_responsible_id",
                "active",
            ]
        )
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (employee_id)
                          employee_id, department_id, hr_responsible_id
                     FROM hr_version
                    WHERE employee_id IS NOT NULL AND active
                 ORDER BY employee_id,
                          date_version > %(day)s,
                          CASE WHEN date_version > %(day)s THEN date_version END,
                          date_version DESC""",
                day=on_date,
            )
        )
        units = {employee: unit for employee, unit, _hr_user in rows if unit}
        hr_users = {
            employee: hr_user
            for employee, _unit, hr_user in rows
            if employee == requester.id
        }
        return units, hr_users

    def _structure(self):
        """Managers of employees, heads of departments, departments above them."""
        self.env["hr.employee"].flush_model(["parent_id"])
        self.env["hr.department"].flush_model(["parent_id", "manager_id"])
        managers = dict(
            self.env.execute_query(
                SQL("SELECT id, parent_id FROM hr_employee WHERE parent_id IS NOT NULL")
            )
        )
        heads, parents = {}, {}
        for unit, parent, head in self.env.execute_query(
            SQL("SELECT id, parent_id, manager_id FROM hr_department")
        ):
            heads[unit] = head
            parents[unit] = parent
        return managers, heads, parents
