"""The import page: dry run, import, again; what changes, what is refused, for whom."""

import base64
from datetime import date

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import file_open

HEADER = (
    "number;name;e-mail;birth date;gender;department;manager;job;contract start;"
    "contract end;contract type;hours;fte;agreement;since"
)


@tagged("post_install", "-at_install")
@freeze_time("2026-01-05 09:00:00")
class TestEmployeeImport(TransactionCase):
    """An HR manager with a file, and everybody else without rights."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Omroep Test"})
        cls.env["hr.career.agreement"].create({"name": "CAO Test"})
        cls.hr = cls.user("import_hr", "hr.group_hr_manager")

    @classmethod
    def user(cls, login, groups):
        """A user of the company."""
        return new_test_user(
            cls.env,
            login,
            groups=groups,
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )

    def wizard(self, *rows, header=HEADER, user=None, **values):
        """The import page with a file of these rows."""
        content = "\n".join([header, *rows])
        return (
            self.env["hr.career.employee.import"]
            .with_user(user or self.hr)
            .create({"data_file": base64.b64encode(content.encode()), **values})
        )

    def run_import(self, *rows, **kwargs):
        """Import these rows; returns the page afterwards."""
        wizard = self.wizard(*rows, **kwargs)
        wizard.action_import()
        return wizard

    def employee(self, email):
        """The one employee with this address, archived or not."""
        found = self.env["hr.employee"].with_context(active_test=False)
        return found.search(
            [("work_email", "=", email), ("company_id", "=", self.company.id)]
        )

    def outcomes(self, wizard):
        """The outcome of each row, in order."""
        return wizard.line_ids.sorted("row").mapped("outcome")

    def everything(self):
        """All that an import could touch, to compare."""
        self.env.flush_all()
        return [
            self.env[model].with_context(active_test=False).search([]).ids
            for model in (
                "hr.employee",
                "hr.version",
                "hr.department",
                "hr.job",
                "resource.calendar",
                "ir.model.data",
                "res.partner",
            )
        ]

    # -- the good way ------------------------------------------------------

    def test_dry_run_writes_nothing_import_does(self):
        """Checking shows what would happen and touches nothing; importing does it."""
        rows = [
            "007;Jan Bos;jan@x.nl;1980-05-04;m;A / B;008;Editor;01-02-2015;;vast;"
            "32;;CAO test;",
            "007;;;;;A / C;;Chief;;;;;0,9;;2020-03-01",
            "008;Piet Dal;piet@x.nl;;;A;;Head;2010-01-01;;;;;;",
        ]
        before = self.everything()
        wizard = self.wizard(*rows)
        wizard.action_check()
        self.assertEqual(self.outcomes(wizard), ["create"] * 3)
        self.assertEqual(self.everything(), before)

        wizard.action_import()
        self.assertEqual(wizard.state, "done")
        self.assertFalse(wizard.data_file)
        jan, piet = self.employee("jan@x.nl"), self.employee("piet@x.nl")
        self.assertEqual(jan.company_id, self.company)
        self.assertEqual(jan.parent_id, piet)
        self.assertEqual(jan.birthday, date(1980, 5, 4))
        first, second = jan.version_ids.sorted("date_version")
        self.assertEqual(first.date_version, date(2015, 2, 1))
        self.assertEqual(second.date_version, date(2020, 3, 1))
        self.assertEqual(first.department_id.complete_name, "A / B")
        self.assertEqual(second.department_id.complete_name, "A / C")
        self.assertEqual(second.department_id.parent_id, piet.department_id)
        self.assertEqual((first.job_title, second.job_title), ("Editor", "Chief"))
        self.assertEqual(first.contract_type_id.name, "Permanent")
        self.assertEqual(first.resource_calendar_id.hours_per_week, 32)
        self.assertEqual(second.resource_calendar_id.hours_per_week, 36)
        for version in (first, second):
            self.assertEqual(version.sex, "male")
            self.assertEqual(version.contract_date_start, date(2015, 2, 1))
            self.assertFalse(version.contract_date_end)
            self.assertEqual(version.career_agreement_id.name, "CAO Test")
        self.assertEqual(jan.current_version_id, second)
        self.assertEqual(jan._get_first_version_date(), date(2015, 2, 1))
        number = self.env["ir.model.data"].search(
            [("module", "=", "career_focus_import"), ("res_id", "=", jan.id)]
        )
        self.assertEqual(number.model, "hr.employee")

        after = self.everything()
        again = self.run_import(*rows)
        self.assertEqual(self.outcomes(again), ["unchanged"] * 3)
        self.assertEqual(self.everything(), after)

    def test_template_can_be_imported(self):
        """The file that is offered for download has no error."""
        with file_open(
            "hr_career_focus/static/import/employees_template.csv", "rb"
        ) as template:
            content = template.read()
        wizard = self.wizard()
        wizard.data_file = base64.b64encode(content)
        wizard.action_check()
        self.assertFalse(wizard.file_error)
        self.assertEqual((wizard.count_create, wizard.count_error), (3, 0))
        self.assertFalse(wizard.ignored_columns)
        self.assertIn("Personeelsnummer".lower(), wizard.column_table.lower())

    def test_changes_only_what_differs(self):
        """A later file changes what it says otherwise; empty cells change nothing."""
        self.run_import("1;An;an@x.nl;;f;A;;Editor;2020-01-01;;;36;;CAO Test;")
        employee = self.employee("an@x.nl")
        wizard = self.run_import("1;An Smit;;;;B;;;;;;;;;")
        self.assertEqual(self.outcomes(wizard), ["update"])
        detail = wizard.line_ids.detail
        self.assertIn("Name", detail)
        self.assertIn("Department", detail)
        self.assertNotIn("Job title", detail)
        self.assertEqual(employee.name, "An Smit")
        self.assertEqual(employee.department_id.name, "B")
        self.assertEqual(employee.work_email, "an@x.nl")
        self.assertEqual(employee.job_title, "Editor")
        self.assertEqual(employee.contract_date_start, date(2020, 1, 1))
        self.assertEqual(len(employee.version_ids), 1)

    def test_new_terms_of_somebody_known(self):
        """A row with a new date adds to the history, with what it leaves open kept."""
        self.run_import("1;An;an@x.nl;;f;A;;Editor;2020-01-01;;;36;;CAO Test;")
        wizard = self.run_import("1;An;;;;B;;;;;;;;;2024-06-01")
        self.assertEqual(self.outcomes(wizard), ["create"])
        first, second = self.employee("an@x.nl").version_ids.sorted("date_version")
        self.assertEqual(first.department_id.name, "A")
        self.assertEqual(second.department_id.name, "B")
        self.assertEqual(second.contract_date_start, date(2020, 1, 1))
        self.assertEqual(second.career_agreement_id.name, "CAO Test")

    def test_contract_dates_move_together(self):
        """A corrected contract moves with all its versions, named or not."""
        self.run_import(
            "1;An;an@x.nl;;;A;;;2020-01-01;2020-12-31;;;;;",
            "1;;;;;B;;;;;;;;;2020-06-01",
            "1;;;;;B;;;2021-01-01;;;;;;",
        )
        versions = self.employee("an@x.nl").version_ids.sorted("date_version")
        rows = [
            "1;An;;;;A;;;2020-01-01;2020-11-30;;;;;",
            "1;;;;;B;;;2020-12-01;;;;;;2021-01-01",
        ]
        self.assertEqual(self.outcomes(self.run_import(*rows)), ["update"] * 2)
        self.assertEqual(
            [
                (str(each.contract_date_start), str(each.contract_date_end))
                for each in versions
            ],
            [
                ("2020-01-01", "2020-11-30"),
                ("2020-01-01", "2020-11-30"),
                ("2020-12-01", "False"),
            ],
        )
        self.assertEqual(self.outcomes(self.run_import(*rows)), ["unchanged"] * 2)

    def test_contract_against_history(self):
        """A contract over one that the file does not name is told, not written."""
        self.run_import(
            "1;An;an@x.nl;;;A;;;2020-01-01;2020-12-31;;;;;",
            "1;;;;;B;;;2021-01-01;;;;;;",
        )
        before = self.everything()
        wizard = self.run_import(
            "1;An;;;;A;;;2020-01-01;2021-06-30;;;;;", leave_errors_out=True
        )
        self.assertEqual(self.outcomes(wizard), ["error"])
        self.assertIn("2021-01-01", wizard.line_ids.detail)
        self.assertEqual(self.everything(), before)

    def test_contract_made_permanent(self):
        """A contract start without an end takes the end away."""
        self.run_import("1;An;an@x.nl;;;A;;;2024-01-01;2025-12-31;;;;;")
        employee = self.employee("an@x.nl")
        self.assertEqual(employee.contract_date_end, date(2025, 12, 31))
        self.run_import("1;An;;;;;;;2024-01-01;;;;;;")
        self.assertFalse(employee.contract_date_end)

    def test_finds_who_is_there_already(self):
        """Somebody typed in by hand is found by the address, once, and gets a past."""
        employee = self.env["hr.employee"].create(
            {"name": "An", "work_email": "An@x.nl", "company_id": self.company.id}
        )
        row = "A-1;An;an@x.nl;;;A;;;2015-01-01;;;;;;"
        wizard = self.run_import(row)
        self.assertEqual(self.outcomes(wizard), ["update"])
        self.assertEqual(self.employee("An@x.nl"), employee)
        self.assertEqual(len(employee.version_ids), 1)
        self.assertEqual(employee.version_ids.date_version, date(2015, 1, 1))
        self.assertEqual(self.outcomes(self.run_import(row)), ["unchanged"])

    def test_gaps_are_imported_and_told(self):
        """No dates, no agreement: the person comes in, and HR is told."""
        wizard = self.run_import("1;An;an@x.nl;;;;;;;;;;;;")
        self.assertTrue(self.employee("an@x.nl"))
        line = wizard.attention_line_ids
        self.assertEqual(line.outcome, "create")
        self.assertIn("ask the career desk", line.detail)
        self.assertEqual(wizard.count_warning, 3)

    def test_zero_hours(self):
        """No fixed hours is no working calendar, and stays so."""
        row = "1;An;an@x.nl;;;A;;;2020-01-01;;;0;;;"
        self.run_import(row)
        self.assertFalse(self.employee("an@x.nl").resource_calendar_id)
        self.assertEqual(self.outcomes(self.run_import(row)), ["unchanged"])

    def test_companies_have_own_numbers(self):
        """The same number in another company is another person."""
        other = self.env["res.company"].create({"name": "Zorg Test"})
        self.hr.company_ids += other
        self.run_import("1;An;an@x.nl;;;A;;;;;;;;;")
        wizard = self.run_import("1;Bo;bo@x.nl;;;A;;;;;;;;;", company_id=other.id)
        self.assertEqual(self.outcomes(wizard), ["create"])
        bo = self.env["hr.employee"].search([("work_email", "=", "bo@x.nl")])
        self.assertEqual(bo.company_id, other)
        self.assertEqual(bo.department_id.company_id, other)
        self.assertEqual(bo.version_id.company_id, other)

    # -- the bad ways ------------------------------------------------------

    def test_bad_file_changes_nothing(self):
        """One error stops the file; with an explicit tick the good rows come in."""
        rows = [
            "1;An;an@x.nl;;;A;;;2020-01-01;;;;;;",
            "2;Bo;bo@x.nl;;;A;;;gisteren;;;;;;",
            "3;Cas;cas@x.nl;;;A;2;;;;;;;;",
        ]
        before = self.everything()
        wizard = self.wizard(*rows)
        wizard.action_check()
        self.assertEqual(self.outcomes(wizard), ["create", "error", "create"])
        with self.assertRaises(UserError):
            wizard.action_import()
        self.assertEqual(self.everything(), before)

        wizard.leave_errors_out = True
        wizard.action_import()
        self.assertTrue(self.employee("an@x.nl"))
        self.assertFalse(self.employee("bo@x.nl"))
        # Cas has Bo as manager, who is not there: imported, and told.
        self.assertFalse(self.employee("cas@x.nl").parent_id)
        self.assertIn("not imported", wizard.line_ids.sorted("row")[2].detail)

    def test_unusable_file(self):
        """A workbook or a file without headings is refused as a whole, even ticked."""
        for content in (b"PK\x03\x04", b"", b"\x81\x00", b"name\nJan"):
            wizard = self.wizard(leave_errors_out=True)
            wizard.data_file = base64.b64encode(content or b"\n")
            wizard.action_check()
            self.assertTrue(wizard.file_error)
            with self.assertRaises(UserError):
                wizard.action_import()
        with self.assertRaises(UserError):
            self.env["hr.career.employee.import"].with_user(self.hr).create(
                {}
            ).action_check()

    def test_hostile_rows(self):
        """Formulas, endless cells, circles, unknown names: each told, none imported."""
        self.run_import(
            "10;Boss;boss@x.nl;;;A;;;;;;;;;", "11;Mid;mid@x.nl;;;A;10;;;;;;;;"
        )
        before = self.everything()
        rows = {
            '1;=HYPERLINK("x");;;;A;;;;;;;;;': "formula",
            "2;" + "x" * 5000 + ";;;;A;;;;;;;;;": "Shorten",
            "3;An;;;;A;999;;;;;;;;": "Nobody has this employee number",
            "4;An;;;;A;;;;;;;;CAO Onbekend;": "CAO Test",
            "5;An;;;;A;;;;;Erfpacht;;;;": "Permanent",
            "6;An;;2010-01-01;;A;;;1999-01-01;;;;;;": "before the birth date",
            "10;Boss;;;;;11;;;;;;;;": "own manager",
            "'; DROP TABLE hr_employee; --;An;;;;;;;;;;;;": "An employee number has",
        }
        wizard = self.wizard(*rows, leave_errors_out=True)
        wizard.action_check()
        lines = wizard.line_ids.sorted("row")
        self.assertEqual(set(lines.mapped("outcome")), {"error"})
        for line, text in zip(lines, rows.values(), strict=True):
            self.assertIn(text, line.detail)
            self.assertLess(len(line.detail), 1000)
        wizard.action_import()
        self.assertEqual(self.everything(), before)

    def test_two_employees_share_an_address(self):
        """When an address fits two, nobody is guessed."""
        self.env["hr.employee"].create(
            [
                {"name": name, "work_email": "x@x.nl", "company_id": self.company.id}
                for name in ("An", "Bo")
            ]
        )
        wizard = self.wizard("1;An;x@x.nl;;;;;;;;;;;;")
        wizard.action_check()
        self.assertEqual(self.outcomes(wizard), ["error"])

    def test_number_of_somebody_gone(self):
        """A number whose employee was deleted or left for another company is free."""
        row = "1;An;an@x.nl;;;A;;;;;;;;;"
        self.run_import(row)
        other = self.env["res.company"].create({"name": "Elders"})
        gone = self.employee("an@x.nl")
        gone.with_context(tracking_disable=True).write(
            {"company_id": other.id, "department_id": False}
        )
        self.assertEqual(self.outcomes(self.run_import(row)), ["create"])
        self.assertNotEqual(self.employee("an@x.nl"), gone)
        self.assertEqual(self.outcomes(self.run_import(row)), ["unchanged"])

    # -- who may -----------------------------------------------------------

    def test_hr_managers_only(self):
        """No HR officer, administrator or employee opens it, or another's file."""
        own = self.wizard("1;An;an@x.nl;;;A;;;;;;;;;")
        own.action_check()
        other_hr = self.user("other_hr", "hr.group_hr_manager")
        for user in (
            other_hr,
            self.user("import_officer", "hr.group_hr_user"),
            self.user("import_admin", "base.group_system"),
            self.user("import_employee", "base.group_user"),
            self.user("import_portal", "base.group_portal"),
        ):
            self.env.invalidate_all()
            with self.assertRaises(AccessError):
                own.with_user(user).action_check()
            with self.assertRaises(AccessError):
                own.with_user(user).line_ids.read(["name"])
            if user != other_hr:
                with self.assertRaises(AccessError):
                    self.wizard(user=user)
        self.assertTrue(self.wizard(user=other_hr).create({}))

    def test_other_company(self):
        """Nobody imports into a company without working in it."""
        other = self.env["res.company"].create({"name": "Elders"})
        wizard = self.wizard("1;An;an@x.nl;;;A;;;;;;;;;", company_id=other.id)
        with self.assertRaises(AccessError):
            wizard.action_check()
        self.hr.company_ids += other
        wizard.action_check()
        self.assertEqual(wizard.count_create, 1)
