"""The demo data: it loads without a complaint, and everybody it names can work."""

import csv
from collections import Counter

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools import convert, file_path

from odoo.addons.hr_career_focus.casework import (
    case_vouchers,
    measures,
    uptake,
    vouchers,
)
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.coach import CoachDoor
from odoo.addons.hr_career_focus.casework.desk import DeskDoor
from odoo.addons.hr_career_focus.casework.employee import EmployeeDoor
from odoo.addons.hr_career_focus.demo.cast import CAST
from odoo.addons.hr_career_focus.models.settlement import PAID, RECEIVED
from odoo.addons.hr_career_focus.vault import scope


@tagged("post_install", "-at_install")
class TestDemo(TransactionCase):
    """The demo files of both addons, loaded into a database without demo data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        system = cls.env(su=True)
        cls.mails = system["mail.mail"].search_count([])
        for module in ("hr_career_focus", "hr_career_focus_reports"):
            convert.convert_file(
                system, module, "demo/demo_data.xml", {}, mode="init", noupdate=True
            )
        system.flush_all()
        system.invalidate_all()
        cls.omroep = cls.env.ref("hr_career_focus.company_omroep_demo")
        cls.zorg = cls.env.ref("hr_career_focus.company_zorg_demo")
        with open(file_path("hr_career_focus/demo/logins.csv"), newline="") as table:
            cls.logins = list(csv.DictReader(table))

    def as_user(self, login):
        """The environment of a login of the table."""
        user = self.env["res.users"].search([("login", "=", login)])
        self.assertEqual(len(user), 1, login)
        return self.env(user=user.id, su=False, context={"lang": user.lang})

    def test_table_of_logins(self):
        """Who stands in the table exists, and the other way round; passwords work."""
        self.assertEqual(
            {row["login"] for row in self.logins},
            {role.login for role in CAST} | {"admin"},
        )
        for row in self.logins:
            self.assertTrue(row["role_en"] and row["what_for"], row)
            self.as_user(row["login"])
        for row in self.logins[:2]:
            user = self.as_user(row["login"]).user
            user.with_user(user)._check_credentials(
                {
                    "type": "password",
                    "login": row["login"],
                    "password": row["password"],
                },
                {"interactive": False},
            )

    def test_employers_are_open(self):
        """Both services stand open, with safe units and units too small to show."""
        for company, least in ((self.omroep, 150), (self.zorg, 50)):
            self.assertTrue(company.career_live)
            self.assertGreater(company._career_staff_count(), least)
        sizes = Counter(
            employee.department_id
            for employee in self.env["hr.employee"].search(
                [("company_id", "=", self.omroep.id)]
            )
        )
        self.assertTrue([size for size in sizes.values() if size >= 20])
        self.assertTrue([size for size in sizes.values() if size < 20])

    def test_everybody_has_a_login(self):
        """Having a login tells nothing about having asked."""
        employees = self.env["hr.employee"].search(
            [("company_id", "in", (self.omroep + self.zorg).ids)]
        )
        self.assertTrue(all(employee.user_id for employee in employees))

    def test_people_at_every_stage(self):
        """Every state occurs, and what the table of logins promises is so."""
        with scope.opened():
            states = self.env["hr.career.traject"].sudo().search([]).mapped("state")
        self.assertEqual(set(states), {state for state, _label in c.STATES})
        running = {
            login: EmployeeDoor(self.as_user(login)).running_ref()
            for login in ("emma", "karim", "lotte", "fatma", "daan", "leen")
        }
        self.assertEqual(
            {login for login, ref in running.items() if ref},
            {"karim", "lotte", "fatma", "leen"},
        )
        karim = EmployeeDoor(self.as_user("karim")).case(running["karim"]).view
        self.assertEqual(karim.state, c.ACTIVE)
        self.assertGreater(len(karim.messages), 3)
        self.assertTrue(karim.notes and karim.plan and karim.explorations)
        self.assertEqual(len(karim.sessions), 4)
        lotte = EmployeeDoor(self.as_user("lotte")).case(running["lotte"]).view
        self.assertTrue(lotte.signed_by_coach and not lotte.signed_by_employee)
        self.assertTrue(
            any(
                right.can_request
                for right in EmployeeDoor(self.as_user("emma")).rights()
            )
        )
        self.assertTrue(EmployeeDoor(self.as_user("daan")).past())

    def test_desk_and_coaches_have_work(self):
        """Something waits for each desk holder and each coach in the table."""
        for login in ("willem", "goedele"):
            inbox = DeskDoor(self.as_user(login)).inbox()
            self.assertTrue(any(line.needs_action for line in inbox), login)
        for login in ("joris", "sofie", "mieke"):
            self.assertTrue(CoachDoor(self.as_user(login)).cases(), login)

    def test_figures_of_closed_years(self):
        """Two years of figures stand published for each employer."""
        releases = self.env["hr.career.release"].sudo()
        year = self.env.cr.now().year
        for company in (self.omroep, self.zorg):
            found = releases.search([("company_id", "=", company.id)])
            self.assertEqual(sorted(found.mapped("year")), [year - 2, year - 1])
        starts = uptake.first_starts(self.env(su=True), self.omroep, year - 1)
        self.assertGreaterEqual(len(starts), 30)

    def test_vouchers_of_the_cast(self):
        """Karim has one in use, one partly used elsewhere, one ended; more can come."""
        door = EmployeeDoor(self.as_user("karim"))
        mine = door.case(door.running_ref()).view.vouchers
        self.assertEqual(
            [one.state for one in mine.vouchers],
            [case_vouchers.VOID, case_vouchers.OPEN, case_vouchers.OPEN],
        )
        self.assertTrue(all(one.spent for one in mine.vouchers[1:]))
        self.assertTrue(mine.room)
        leen = EmployeeDoor(self.as_user("leen"))
        self.assertTrue(leen.case(leen.running_ref()).view.vouchers.vouchers[0].code)

    def test_providers_are_paid_and_wait(self):
        """Finance has paid, has one to check, and one provider waits for the fifth."""
        found = self.as_user("anouk")["hr.career.settlement"].search([])
        self.assertLessEqual({RECEIVED, PAID}, set(found.mapped("state")))
        bakker = self.env.ref("hr_career_focus.provider_bakker_demo")
        self.assertEqual(found.provider_id, bakker)
        self.assertEqual(bakker.coach_ids.user_id.login, "joris")
        waiting = self.env.ref("hr_career_focus.provider_ouali_demo")
        self.assertTrue(waiting.key_made_on and not waiting.coach_ids)
        with scope.opened():
            known = vouchers.all_of(self.env(su=True))
        open_for = [
            voucher
            for _row, voucher in known
            if any(one.provider == waiting.id for one in voucher.unsettled)
        ]
        self.assertIn(len(open_for), range(1, 5))
        months = [one.month for _row, voucher in known for one in voucher.uses]
        self.assertLessEqual(max(months), fields.Date.context_today(self.env.user))

    def test_budgets(self):
        """One is closed and one open; something waits, is promised, and was spent."""
        today = fields.Date.context_today(self.env.user)
        mine = self.as_user("marieke")["hr.career.budget"].search([])
        self.assertEqual(mine.mapped("state"), ["open", "closed"])
        self.assertEqual(mine[0].room_month, today.replace(day=1))
        views = DeskDoor(self.as_user("willem")).budgets()
        parts = [part for view in views for line in view.lines for part in line.parts]
        self.assertTrue(any(not part.is_promised for part in parts))
        self.assertTrue(any(part.is_promised for part in parts))
        lotte = EmployeeDoor(self.as_user("lotte"))
        (asked,) = lotte.case(lotte.running_ref()).view.measures
        self.assertEqual(asked.status, measures.WAITING)
        daan = EmployeeDoor(self.as_user("daan"))
        (spent,) = daan.case(daan.past()[0].ref).view.measures
        self.assertEqual(spent.status, measures.FINISHED)
        self.assertTrue(spent.spent)
        self.assertTrue(any(one.has_room for one in mine[0].line_ids))
        figures = self.env["hr.career.spending"].sudo().search([])
        self.assertEqual(figures.company_id, self.omroep)
        self.assertEqual(figures.mapped("year"), [today.year - 1])

    def test_nothing_waits_to_be_sent(self):
        """No mail of the story is left in the queue."""
        self.assertEqual(self.env["mail.mail"].sudo().search_count([]), self.mails)

    def test_told_once(self):
        """Telling the story again, by an update or by anybody, changes nothing."""
        before = self.env["hr.employee"].search_count([])
        self.env["hr.career.demo"].sudo()._tell()
        self.env["hr.career.demo"].sudo()._publish_past_years()
        self.assertEqual(self.env["hr.employee"].search_count([]), before)
