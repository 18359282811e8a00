from datetime import date

from odoo.fields import Command
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL

from ..engine import conflict
from .common_people import TODAY, PeopleCase


@freeze_time(TODAY)
@tagged("post_install", "-at_install")
class TestConflict(PeopleCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        Department = cls.env["hr.department"]
        cls.board = Department.create({"name": "Board", "company_id": cls.company.id})
        cls.unit = Department.create(
            {
                "name": "Locks",
                "company_id": cls.company.id,
                "parent_id": cls.board.id,
            }
        )
        cls.elsewhere = Department.create(
            {"name": "Dunes", "company_id": cls.company.id}
        )
        cls.asker = cls._employee("Ada Asker", cls.staff, department_id=cls.unit.id)
        cls.coach_employee = cls._employee(
            "Ina Side", cls.inside, department_id=cls.elsewhere.id
        )
        cls.asker.hr_responsible_id = cls.hr
        cls.asker.parent_id = False
        cls.coaches = cls.coach_inside | cls.coach_outside

    def _codes(self, coach=None, employee=None, on_date=TODAY):
        coach = coach or self.coach_inside
        return self.coaches._conflicts_with(employee or self.asker, on_date)[coach.id]

    def test_no_conflict(self):
        """Positive control: coaches from elsewhere are free; every coach is named."""
        self.assertEqual(
            self.coaches._conflicts_with(self.asker, TODAY),
            {self.coach_inside.id: [], self.coach_outside.id: []},
        )
        self.assertEqual(
            self.env["hr.career.coach"]._conflicts_with(self.asker, TODAY), {}
        )

    def test_same_person(self):
        self.assertEqual(
            self._codes(employee=self.coach_employee), [conflict.SAME_PERSON]
        )

    def test_same_person_in_another_company(self):
        other = self.env["res.company"].create({"name": "Dune Works"})
        self.inside.company_ids = [Command.link(other.id)]
        twin = self.env["hr.employee"].create(
            {"name": "Ina Side", "company_id": other.id, "user_id": self.inside.id}
        )
        self.assertEqual(self._codes(employee=twin), [conflict.SAME_PERSON])

    def test_same_person_with_a_second_login(self):
        """An external coach who is also on the payroll is known by the contact."""
        self.asker.user_id = False
        self.asker.work_contact_id = self.outside.partner_id
        self.assertEqual(self._codes(self.coach_outside), [conflict.SAME_PERSON])

    def test_direct_manager(self):
        self.asker.parent_id = self.coach_employee
        self.assertEqual(self._codes(), [conflict.LINE_OF_COMMAND])

    def test_manager_of_the_manager(self):
        middle = self._employee("Mid Manager", parent_id=self.coach_employee.id)
        self.asker.parent_id = middle
        self.assertEqual(self._codes(), [conflict.LINE_OF_COMMAND])

    def test_manager_known_by_the_contact_only(self):
        """A manager without a login of the company coaches with a portal login."""
        manager = self._employee("Otto Side")
        manager.work_contact_id = self.outside.partner_id
        self.asker.parent_id = manager
        self.assertEqual(self._codes(self.coach_outside), [conflict.LINE_OF_COMMAND])
        self.assertEqual(self._codes(), [])

    def test_head_of_the_department_above(self):
        self.board.manager_id = self.coach_employee
        self.asker.parent_id = False
        self.assertEqual(self._codes(), [conflict.LINE_OF_COMMAND])

    def test_the_way_down_is_free(self):
        """A coach who reports to the person who asks has no power over that person."""
        self.coach_employee.parent_id = self.asker
        self.assertEqual(self._codes(), [])

    def test_loop_of_managers(self):
        """Bad data: everybody reports to everybody. It ends, on the safe side."""
        middle = self._employee("Mid Manager")
        self.asker.parent_id = middle
        self._loop("hr_employee", middle, self.coach_employee)
        self._loop("hr_employee", self.coach_employee, self.asker)
        self.assertEqual(self._codes(), [conflict.LINE_OF_COMMAND])
        self.assertEqual(self._codes(self.coach_outside), [])

    def test_loop_of_departments(self):
        self._loop("hr_department", self.board, self.unit)
        self.board.manager_id = self.coach_employee
        self.asker.parent_id = False
        self.assertEqual(self._codes(), [conflict.LINE_OF_COMMAND])

    def _loop(self, table, child, parent):
        """Write a parent past the checks, as an import into the database would."""
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "UPDATE %s SET parent_id = %s WHERE id = %s",
                SQL.identifier(table),
                parent.id,
                child.id,
            )
        )
        self.env.invalidate_all()

    def test_same_department(self):
        self.coach_employee.department_id = self.unit
        self.coach_employee.parent_id = False
        self.assertEqual(self._codes(), [conflict.SAME_TEAM])

    def test_department_of_the_day_counts(self):
        self.coach_employee.create_version(
            {"date_version": date(2026, 7, 1), "department_id": self.unit.id}
        )
        self.assertEqual(self._codes(), [])
        self.assertEqual(self._codes(on_date=date(2026, 7, 1)), [conflict.SAME_TEAM])

    def test_no_department_is_no_team(self):
        (self.asker | self.coach_employee).department_id = False
        self.assertEqual(self._codes(), [])

    def test_hr_adviser(self):
        self.asker.hr_responsible_id = self.inside
        self.assertEqual(self._codes(), [conflict.HR_OF_EMPLOYEE])
        self.assertEqual(self._codes(self.coach_outside), [])

    def test_forbidden_rights(self):
        """A login is refused such rights; should it get them, the guard holds."""
        self.env.flush_all()
        self.env.cr.execute(
            "INSERT INTO res_groups_users_rel (uid, gid) VALUES (%s, %s)",
            (self.inside.id, self.env.ref("hr.group_hr_user").id),
        )
        self.env.invalidate_all()
        self.env.registry.clear_cache()
        self.assertEqual(self._codes(), [conflict.FORBIDDEN_RIGHTS])

    def test_coach_without_login(self):
        stranger = self.env["hr.career.coach"].create({"name": "No Login"})
        self.assertEqual(stranger._conflicts_with(self.asker, TODAY), {stranger.id: []})

    def test_employee_without_login(self):
        self.asker.user_id = False
        self.assertEqual(self._codes(), [])

    def test_called_with_low_rights(self):
        """The portal page asks as whoever is logged in."""
        self.env.invalidate_all()
        coaches = self.coaches.with_user(self.outside)
        self.assertEqual(
            coaches._conflicts_with(self.asker, TODAY)[self.coach_inside.id], []
        )

    def test_fixed_number_of_queries(self):
        """Two coaches or twenty cost the same."""
        users = [self._login(f"coach_{n}", "base.group_user") for n in range(20)]
        more = self.env["hr.career.coach"].create(
            [{"name": user.name, "user_id": user.id} for user in users]
        )
        self._count_queries(self.coaches)  # fills the caches of the registry
        few = self._count_queries(self.coaches)
        many = self._count_queries(self.coaches | more)
        self.assertEqual(few, many)
        self.assertLessEqual(many, 13)

    def _count_queries(self, coaches):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        coaches._conflicts_with(self.asker, TODAY)
        return self.env.cr.sql_log_count - before

    def test_every_code_has_a_sentence(self):
        sentences = {conflict.conflict_label(self.env, code) for code in conflict.CODES}
        self.assertEqual(len(sentences), len(conflict.CODES))
        with self.assertRaises(KeyError):
            conflict.conflict_label(self.env, "no such code")
