"""What budgets were used for: published with the year, and read by whom it concerns."""

import re
from datetime import date
from decimal import Decimal

from lxml import html
from psycopg2.errors import RestrictViolation

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from odoo.addons.hr_career_focus.casework import budgets
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.engine import budget as ledger

from ..models.frozen_mixin import publishing
from .common import Organisation
from .test_release_access import OTHERS, READERS

MAY = date(2025, 5, 1)
MODELS = ("hr.career.spending", "hr.career.spending.row")


class SpendingCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(
            cls.env, "Omroep De Waal", {"Office": 45, "Studio": 30, "Hall": 8}
        )
        cls.org.start(cls.org.staff["Office"][:14], date(2025, 3, 1))
        cls.owner = cls.org.login(
            "owner", "base.group_user,hr_career_focus.group_budget_holder"
        )
        cls.budgets = {}
        with freeze_time("2025-01-02"):
            for name, prices in (
                ("", {"training": 1500, "relocation": 4000, "trial": 0}),
                ("Office", {"training": 900, "coaching": 1200}),
                ("Hall", {"shadowing": 300}),
            ):
                cls.budgets[name] = cls.make_budget(name, prices)

    @classmethod
    def make_budget(cls, name, prices):
        unit = cls.org.departments.get(name)
        budget = cls.env["hr.career.budget"].create(
            {
                "name": f"Moving on {name}".strip(),
                "company_id": cls.org.company.id,
                "department_id": unit.id if unit else False,
                "currency_id": cls.org.company.currency_id.id,
                "owner_id": cls.owner.id if name == "Office" else False,
                "date_from": "2025-01-01",
                "date_to": "2025-12-31",
                "line_ids": [
                    Command.create(
                        {"kind": kind, "planned": 10**6, "list_price": price}
                    )
                    for kind, price in prices.items()
                ],
            }
        )
        budget.line_ids.filtered(lambda one: one.kind == "rights").list_price = 1000
        budget.action_open()
        return budget

    def spend(self, name, kind, number, month=MAY):
        """Help ``number`` people from a line, each at another cost."""
        line = self.budgets[name].line_ids.filtered(lambda one: one.kind == kind)
        with vault(self.env) as inside:
            for position in range(number):
                cost = Decimal(700 + position)
                for move in (ledger.COMMIT, ledger.SPEND):
                    budgets.change(
                        inside,
                        line.with_env(inside),
                        lambda kept, move=move, cost=cost, who=position: kept.after(
                            ledger.Move(move, cost, month, f"{kind}-{month}-{who}")
                        ),
                    )

    @freeze_time("2026-01-15")
    def publish(self, year=2025):
        self.org.publish(year)
        return self.env["hr.career.spending"].search(
            [("company_id", "=", self.org.company.id), ("year", "=", year)]
        )

    def page(self, login):
        self.authenticate(login, login.ljust(8, "x"))
        return self.url_open("/focus/spending")

    def words(self, response):
        self.assertEqual(response.status_code, 200)
        self.assertIn("no-store", response.headers["Cache-Control"])
        [main] = html.fromstring(response.text).xpath("//main")
        return re.sub(r"\s+", " ", main.text_content())


@tagged("post_install", "-at_install")
class TestSpending(SpendingCase):
    def test_published_with_the_year_and_frozen(self):
        self.spend("", "training", 12)
        self.spend("", "relocation", 2)
        self.spend("Office", "coaching", 6)
        figures = self.publish()
        self.assertEqual(figures.state, "full")
        self.assertTrue(figures._is_intact())
        rows = [(row.budget, row.kind or "") for row in figures.row_ids]
        company, office = -2, self.org.departments["Office"].id
        # The hall is for eight people: the office's budget joins it in one row.
        self.assertEqual(
            rows,
            [
                (0, ""),
                (company, ""),
                (company, "training"),
                (company, "relocation"),
                (company, "trial"),
                (-1, ""),
                (company, "rights"),
            ],
        )
        # Training is paid for the office from its own budget.
        self.assertEqual([row.headcount for row in figures.row_ids[2:4]], [83 - 45, 83])
        self.assertNotIn(office, figures.row_ids.mapped("budget"))
        for row in figures.row_ids:
            with self.subTest(row=row.label, kind=row.kind):
                self.assertEqual(row.shown % 5, 0)
                if row.has_amount and row.kind:
                    self.assertEqual(row.amount, round(row.shown * row.price, -2))
        with self.assertRaises(UserError):
            figures.unlink()
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(RestrictViolation),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("UPDATE hr_career_spending_row SET shown = 0")
        with self.assertRaises(UserError):
            self.publish()

    def test_rows_do_not_depend_on_use_and_zero_is_never_said(self):
        """Nothing was paid from the hall's budget, and its row reads like another."""
        self.spend("", "training", 15)
        figures = self.publish()
        quiet = figures.row_ids.filtered(lambda row: row.budget == -1)
        self.assertEqual(len(quiet), 1)
        for row in quiet:
            self.assertEqual((row.low, row.high, row.has_amount), (0, 4, False))
        text = self.words(self.page_of_council())
        self.assertIn("0 to 4 people", text)
        self.assertNotRegex(text, r"\b0 people")

    def page_of_council(self):
        self.org.login("council", READERS["council"])
        return self.page("council")

    def test_the_price_times_the_figure_and_no_real_euro(self):
        """Real bills (700, 701, ...) and their sum stand nowhere."""
        self.spend("", "relocation", 15)
        figures = self.publish()
        row = figures.row_ids.filtered(lambda one: one.kind == "relocation")
        self.assertEqual((row.shown, row.amount), (15, 60000))
        text = self.words(self.page_of_council())
        self.assertIn("60,000", text)
        for real in ("700", "10,605", "10605"):
            self.assertNotIn(real, text)

    def test_too_few_for_a_breakdown(self):
        self.spend("", "training", 3)
        figures = self.publish()
        self.assertEqual(figures.state, "company")
        self.assertEqual(
            [(row.budget, row.kind or "") for row in figures.row_ids],
            [(0, ""), (-2, "rights")],
        )
        self.assertIn("Too few people were helped", self.words(self.page_of_council()))

    def test_rights_are_the_published_uptake_times_the_price(self):
        figures = self.publish()
        release = self.env["hr.career.release"].search(
            [("company_id", "=", self.org.company.id)]
        )
        rights = figures.row_ids.filtered(lambda row: row.kind == "rights")
        self.assertEqual(rights.shown, release.cell_ids[0].shown)
        self.assertEqual(rights.amount, rights.shown * 1000)

    def test_no_budget_no_figures(self):
        other = Organisation(self.env, "Second Works", {"Office": 30})
        with freeze_time("2026-01-15"):
            other.publish(2025)
        self.assertFalse(
            self.env["hr.career.spending"].search(
                [("company_id", "=", other.company.id)]
            )
        )


@tagged("post_install", "-at_install")
class TestSpendingReaders(SpendingCase):
    def setUp(self):
        super().setUp()
        # Ten stay ten; what is drawn up may be where it only says "or more".
        self.spend("", "training", 10)
        self.spend("Office", "coaching", 9)

    def test_owner_sees_the_own_budget_only(self):
        self.budgets["Hall"].sudo().write({"state": "draft"})
        self.publish()
        text = self.words(self.page("owner"))
        self.assertIn("Moving on Office", text)
        self.assertIn("All budgets", text)
        self.assertNotIn("Relocation", text)
        council = self.words(self.page_of("council", READERS["council"]))
        self.assertIn("Relocation", council)
        self.assertIn("Moving on Office", council)

    def page_of(self, login, groups):
        self.org.login(login, groups)
        return self.page(login)

    def test_a_budget_for_few_is_named_and_not_shown(self):
        self.budgets["Hall"].owner_id = self.owner
        self.budgets["Office"].owner_id = False
        self.publish()
        text = self.words(self.page("owner"))
        self.assertIn("No figure of their own: Moving on Hall.", text)

    def test_the_page_exists_for_nobody_else(self):
        self.publish()
        for login, groups in OTHERS.items():
            if login in ("finance", "holder", "settings"):
                continue
            with self.subTest(login=login):
                self.assertEqual(self.page_of(login, groups).status_code, 404)
        # The role alone is no budget.
        self.assertEqual(self.page_of("holder", OTHERS["holder"]).status_code, 404)
        self.assertEqual(self.page_of("finance", OTHERS["finance"]).status_code, 200)

    def test_over_rpc(self):
        self.publish()
        for login, groups in (READERS | {"finance": OTHERS["finance"]}).items():
            user = self.org.login(login, groups)
            self.env.invalidate_all()
            for name in MODELS:
                model = self.env[name].with_user(user)
                self.assertTrue(model.search([]).read())
                for operation in ("write", "create", "unlink"):
                    self.assertFalse(model.has_access(operation))
        for login in ("colleague", "desk", "coach", "privacy", "holder"):
            user = self.org.login(f"rpc-{login}", OTHERS[login])
            self.env.invalidate_all()
            for name in MODELS:
                with (
                    self.subTest(login=login, model=name),
                    self.assertRaises(AccessError),
                ):
                    self.env[name].with_user(user).search([])

    def test_forecast_and_stools(self):
        """Two years give a forecast, each with its own budget; the stools add up."""
        self.publish()
        self.budgets = dict(self.budgets)
        with freeze_time("2026-01-20"):
            for name in ("", "Office"):
                old = self.budgets[name]
                old.sudo().write({"state": "closed"})
                new = old.copy()
                new.owner_id = self.owner if name else False
                new.action_open()
                self.budgets[name] = new
        self.spend("", "training", 10, date(2026, 4, 1))
        with freeze_time("2027-01-15"):
            self.org.publish(2026)
        figures = self.env["hr.career.spending"].search(
            [("company_id", "=", self.org.company.id), ("year", "=", 2026)]
        )
        self.assertEqual(len(figures.row_ids.filtered(lambda row: not row.kind)), 3)
        text = self.words(self.page_of("council", READERS["council"]))
        self.assertEqual(text.count("Next year about"), 2)  # training, and rights
        self.assertIn("going by 2 years", text)
        self.assertIn("Between two stools", text)

    def test_one_person_is_one(self):
        """Two people with help from every line are two in the row of all budgets."""
        for name, kinds in (("", ("training", "relocation", "trial")),):
            for kind in kinds:
                line = self.budgets[name].line_ids.filtered(
                    lambda one, kind=kind: one.kind == kind
                )
                with vault(self.env) as inside:
                    for who in ("first", "second"):
                        for move in (ledger.RESERVE, ledger.COMMIT, ledger.SPEND):
                            budgets.change(
                                inside,
                                line.with_env(inside),
                                lambda kept, move=move, who=who, kind=kind: kept.after(
                                    ledger.Move(
                                        move,
                                        Decimal(10),
                                        MAY,
                                        f"{who}-{kind}",
                                        whose=who,
                                    )
                                ),
                            )
        job = self.env["hr.career.release.job"]
        found = self.env["hr.career.budget"].union(*self.budgets.values())
        with publishing():
            helped = job._helped(self.org.company, 2025, found)
        marks = frozenset().union(*helped.values())
        self.assertIn("first", marks)
        self.assertEqual(len(helped[-2, "relocation"]), 2)
        self.assertEqual(
            len(helped[-2, "training"] | helped[-2, "relocation"]),
            len(helped[-2, "training"]),
        )
