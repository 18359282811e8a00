"""The page on which rules are tried: who may, what it says, and what it never reads."""

import re
from datetime import date

from lxml import html

from odoo.tests import HttpCase, TransactionCase, freeze_time, tagged
from odoo.tools import SQL

from odoo.addons.hr_career_focus.casework import uptake

from ..controllers.whatif_view import Question, WhatIfPage
from ..engine import whatif
from ..engine.parameters import AGREED
from .common import Organisation

TREE = {"Studio": "Production", "Camera": "Production", "Sound": "Production"}
SIZES = {"Production": 6, "Studio": 30, "Camera": 24, "Office": 27, "Sound": 8}


@tagged("post_install", "-at_install")
class TestWhatIfPage(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(cls.env, "Omroep De Waal", SIZES, TREE)
        cls.org.login(
            "council", "base.group_portal,hr_career_focus.group_works_council"
        )
        cls.url = f"/focus/uptake/{cls.org.company.id}/what-if"

    def open(self, login="council", query="", url=None):
        self.authenticate(login, login.ljust(8, "x"))
        return self.url_open((url or self.url) + query)

    def page(self, query="", login="council"):
        response = self.open(login, query)
        self.assertEqual(response.status_code, 200)
        self.assertIn("no-store", response.headers["Cache-Control"])
        return html.fromstring(response.text)

    def text(self, node):
        return re.sub(r"\s+", " ", node.text_content())

    def found_out(self, page):
        """Return how many people could be found out in the worst year, per side."""
        return [
            int(node.text)
            for node in page.xpath("//p[@class='o_cf_whatif_big']/strong")
        ]

    def test_council_and_policy_try_rules(self):
        self.org.login("policy", "hr_career_focus.group_policy")
        for login in ("council", "policy"):
            page = self.page(login=login)
            self.assertEqual(self.found_out(page), [0])
            self.assertIn("of 95 people", self.text(page))

    def test_for_all_others_the_page_is_missing(self):
        other = Organisation(self.env, "Another company", {"Hall": 30})
        self.org.manager_of("Office", "officeboss")
        for login, groups in (
            ("colleague", "base.group_user"),
            ("portaluser", "base.group_portal"),
            ("officer", "hr.group_hr_user"),
            ("finance", "base.group_user,hr_career_focus.group_finance"),
        ):
            self.org.login(login, groups)
            self.assertEqual(self.open(login).status_code, 404, login)
        self.assertEqual(self.open("officeboss").status_code, 404)
        answers = {
            self.open(url=f"/focus/uptake/{number}/what-if").status_code
            for number in (other.company.id, 10**6)
        }
        self.assertEqual(answers, {404})
        self.assertEqual(self.open().status_code, 200)

    def test_other_rules_stand_beside_those_of_today(self):
        page = self.page("?minimum=5&base=1&breakdown=0&percent=12")
        safe, exposed = self.found_out(page)
        self.assertEqual(safe, 0)
        self.assertGreater(exposed, 20)
        self.assertIn("The privacy check stops this", self.text(page))
        self.assertIn("The privacy check passes in every year", self.text(page))
        self.assertIn("exactly", self.text(page))
        self.assertIn("No row", self.text(page))
        chosen = page.xpath("//input[@type='number']")
        self.assertEqual(
            {field.get("name"): field.get("value") for field in chosen},
            {"minimum": "5", "breakdown": "0", "percent": "12"},
        )

    def test_impossible_answers_become_the_nearest_possible(self):
        page = self.page("?minimum=-3&breakdown=x&percent=1000&base=7&insiders=99")
        chosen = page.xpath("//input[@type='number']")
        self.assertEqual(
            {field.get("name"): field.get("value") for field in chosen},
            {"minimum": "5", "breakdown": "10", "percent": "60"},
        )
        self.assertEqual(
            page.xpath("//option[@selected]/text()"),
            ["Multiples of 5", "3 participants"],
        )

    def test_nothing_on_the_page_can_be_taken_for_a_real_figure(self):
        """Units go by numbers; every link of the page stays with the page's company."""
        page = self.page("?minimum=5")
        tables = " ".join(self.text(table) for table in page.xpath("//table"))
        for department in SIZES:
            self.assertNotIn(department, tables)
        self.assertIn("Unit 2.2", tables)

    def test_people_who_take_part_change_nothing(self):
        """The page is the same to the byte whoever starts, and after a release."""

        def content():
            page = self.page("?base=3&percent=20")
            [article] = page.xpath("//div[@class='o_cf_uptake o_cf_whatif']")
            return html.tostring(article)

        before = content()
        self.org.start(self.org.staff["Studio"][:20], date(2025, 3, 1))
        with freeze_time("2026-01-15"):
            self.org.publish(2025)
        self.assertEqual(content(), before)
        self.org.hire("Office", 1, date(2020, 1, 1))
        self.assertNotEqual(content(), before)


@tagged("post_install", "-at_install")
class TestWhatIfSource(TransactionCase):
    def queries(self, ask):
        """Return the SQL that `ask` sends, from a cold cache."""
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertLogs("odoo.sql_db", level="DEBUG") as log:
            ask()
        return [line for line in log.output if "query:" in line]

    def looks(self):
        """Return how often PostgreSQL looked into our tables in this transaction."""
        self.env.flush_all()
        self.env.invalidate_all()
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    SELECT relname, seq_scan + COALESCE(idx_scan, 0)
                      FROM pg_stat_xact_user_tables
                     WHERE relname LIKE 'hr\\_career%%' OR relname = 'hr_version'
                    """
                )
            )
        )

    def looked_at(self, ask):
        """Return the tables that PostgreSQL looked into for `ask`."""
        before = self.looks()
        ask()
        return {table for table, looks in self.looks().items() if looks > before[table]}

    def test_vault_is_never_opened(self):
        """PostgreSQL itself says so: no table of ours is read, only headcounts are."""
        org = Organisation(self.env, "Omroep De Waal", SIZES, TREE)
        org.start(org.staff["Studio"][:9], date(2025, 3, 1))
        page = WhatIfPage(self.env, org.company)
        question = Question.filled_in({"base": "1", "insiders": "3"}, AGREED)
        self.assertEqual(self.looked_at(lambda: page.view(question)), {"hr_version"})
        counted = self.looked_at(
            lambda: uptake.first_starts(self.env, org.company, 2025)
        )
        self.assertIn("hr_career_traject", counted)

    def test_number_of_queries_does_not_grow(self):
        small = Organisation(self.env, "Small", {"Hall": 25})
        large = Organisation(
            self.env, "Large", {f"Hall {number}": 6 for number in range(12)}
        )
        source = self.env["hr.career.whatif"]
        source._shape(small.company)
        numbers = {
            len(self.queries(lambda company=company: source._shape(company)))
            for company in (small.company, large.company)
        }
        self.assertEqual(len(numbers), 1)

    def test_shape_is_that_of_the_register(self):
        """The counts of today are those the register of a release would have."""
        org = Organisation(self.env, "Omroep De Waal", SIZES, TREE)
        org.hire(None, 3, date(2021, 5, 1), sex=False, certificate=False)
        org.hire(
            "Office",
            2,
            date(2022, 5, 1),
            birthday=False,
            contract_date_end=date(2030, 1, 1),
        )
        org.hire("Sound", 2, date(2022, 5, 1)).active = False
        today = date(2026, 6, 1)
        with freeze_time(today):
            counted = self.env["hr.career.whatif"]._shape(org.company)
            register = self.env["hr.career.release.register"]._of_period(
                org.company, 2026, today, today
            )
        expected = whatif.Shape.of(register)
        self.assertEqual(counted.people, 100)
        self.assertEqual(counted.sizes, expected.sizes)
        self.assertEqual(counted.traits, expected.traits)
        self.assertEqual(
            {unit.id for unit in counted.units}, {unit.id for unit in expected.units}
        )

    def test_too_few_people_to_try(self):
        org = Organisation(self.env, "Atelier", {"Hall": 3})
        view = WhatIfPage(self.env, org.company).view(Question.of(AGREED))
        self.assertFalse(view.sides)

    def test_large_company_is_made_smaller_and_says_so(self):
        org = Organisation(
            self.env, "Large", {f"Hall {number}": 32 for number in range(10)}
        )
        page = WhatIfPage(self.env, org.company)
        exact = Question.of(AGREED)
        self.assertFalse(page.view(exact).is_smaller)
        view = page.view(Question.filled_in({"base": "1"}, AGREED))
        self.assertTrue(view.is_smaller)
        self.assertEqual(view.people, "320")
        self.assertLessEqual(int(view.invented_people), 1.25 * whatif.EXACT_LIMIT)
