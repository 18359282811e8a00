"""The page a manager reads: the own part of what was published, and nothing else."""

import re
from datetime import date

from lxml import html

from odoo.tests import HttpCase, freeze_time, tagged

from ..engine.rounding import Figure
from .common import Organisation

SMALL = "A figure is published for groups of 20 people or more."


class UptakePageCase(HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(
            cls.env,
            "Omroep De Waal",
            {"Production": 6, "Studio": 30, "Camera": 24, "Office": 27, "Sound": 8},
            {"Studio": "Production", "Camera": "Production", "Sound": "Production"},
        )
        cls.org.start(cls.org.staff["Studio"][:9], date(2025, 3, 1))
        cls.org.start(cls.org.staff["Office"][:6], date(2025, 9, 1), state="closed")

    @freeze_time("2026-01-15")
    def publish(self):
        return self.org.publish(2025)

    def page(self, login):
        """Open the page as `login` and return its visible text by part."""
        self.authenticate(login, login.ljust(8, "x"))
        response = self.url_open("/focus/uptake")
        self.assertEqual(response.status_code, 200)
        self.assertIn("no-store", response.headers["Cache-Control"])
        return self.html(response)

    def html(self, response):
        return html.fromstring(response.text)

    def text(self, node):
        return re.sub(r"\s+", " ", node.text_content())

    def rows(self, page):
        """Return the rows of the tables: (group, people in the group)."""
        return [
            tuple(
                self.text(part).strip()
                for part in row.xpath(".//th[@scope='row']/span")
            )
            for row in page.xpath("//table//tbody/tr")
        ]


@tagged("post_install", "-at_install")
class TestUptakePage(UptakePageCase):
    def test_manager_sees_the_own_part_and_the_company(self):
        self.publish()
        self.org.manager_of("Production", "boss")
        page = self.page("boss")
        self.assertEqual(
            self.rows(page),
            [
                ("Production", "68 people"),
                ("Studio", "30 people"),
                ("Other units", "38 people"),
            ],
        )
        self.assertIn("Whole company · 95 people", self.text(page))
        self.assertNotIn("Office", self.text(page))

    def test_another_manager_sees_another_part(self):
        self.publish()
        self.org.manager_of("Office", "officeboss")
        page = self.page("officeboss")
        self.assertEqual(self.rows(page), [("Office", "27 people")])
        self.assertNotIn("Studio", self.text(page))

    def test_a_portal_user_may_be_a_manager(self):
        self.publish()
        self.org.manager_of("Studio", "portalboss", "base.group_portal")
        self.assertEqual(self.rows(self.page("portalboss")), [("Studio", "30 people")])

    def test_small_units_get_one_sentence(self):
        """Sound (8) and Camera (24, merged by the remainder rule): the same words."""
        self.publish()
        said = []
        for department, login in (("Sound", "soundboss"), ("Camera", "cameraboss")):
            self.org.manager_of(department, login)
            page = self.page(login)
            self.assertFalse(self.rows(page))
            [section] = page.xpath("//section[starts-with(@id, 'smaller-')]")
            said.append(self.text(section).replace(department, "UNIT"))
        self.assertEqual(said[0], said[1])
        self.assertIn(SMALL, said[0])

    def test_small_unit_reads_the_same_whoever_took_part(self):
        """Nobody or everybody of the team: the page of its manager has one text."""
        self.org.manager_of("Sound", "soundboss")
        self.publish()
        first = self.page("soundboss").xpath("//section[starts-with(@id, 'smaller-')]")[
            0
        ]
        self.org.start(self.org.staff["Sound"], date(2026, 5, 1))
        with freeze_time("2027-01-15"):
            self.org.publish(2026)
        second = self.page("soundboss").xpath(
            "//section[starts-with(@id, 'smaller-')]"
        )[0]
        self.assertEqual(self.text(first), self.text(second))

    def test_who_manages_nothing_finds_nothing(self):
        """The same answer as for a missing page; positive control beside."""
        self.publish()
        for login, groups in (
            ("colleague", "base.group_user"),
            ("portaluser", "base.group_portal"),
            ("officer", "hr.group_hr_user"),
            ("finance", "base.group_user,hr_career_focus.group_finance"),
        ):
            self.org.login(login, groups)
            self.authenticate(login, login.ljust(8, "x"))
            response = self.url_open("/focus/uptake")
            self.assertEqual(response.status_code, 404, login)
            self.assertNotIn("95 people", response.text)
        self.org.manager_of("Office", "officeboss")
        self.assertIn("95 people", self.text(self.page("officeboss")))

    def test_no_longer_manager_no_longer_reader(self):
        self.publish()
        self.org.manager_of("Office", "officeboss")
        self.assertTrue(self.rows(self.page("officeboss")))
        self.org.departments["Office"].manager_id = self.org.staff["Office"][1]
        response = self.url_open("/focus/uptake")
        self.assertEqual(response.status_code, 404)

    def test_without_login_there_is_a_login_page(self):
        self.authenticate(None, None)
        response = self.url_open("/focus/uptake", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("/web/login", response.headers["Location"])

    def test_policy_and_works_council_see_every_row(self):
        release = self.publish()
        self.org.login("policy", "hr_career_focus.group_policy")
        self.org.login(
            "council", "base.group_portal,hr_career_focus.group_works_council"
        )
        for login in ("policy", "council"):
            page = self.page(login)
            rows = self.rows(page)
            self.assertEqual(len(rows), len(release.cell_ids) - 1)
            self.assertIn(("Women", "48 people"), rows)
            self.assertIn("at least 20 people", self.text(page))
            self.assertIn(release.digest, self.text(page))

    def test_no_figures_before_the_first_release(self):
        self.org.manager_of("Office", "officeboss")
        page = self.page("officeboss")
        self.assertIn("No figures yet", self.text(page))
        self.assertIn("The first figures appear on", self.text(page))
        self.assertFalse(page.xpath("//table"))

    def test_company_only_says_why(self):
        """Fewer than ten in the company's figure: one sentence, no rows."""
        small = Organisation(self.env, "Zorggroep", {"Ward": 30, "Night": 30})
        small.start(small.staff["Ward"][:2], date(2025, 3, 1))
        with freeze_time("2026-01-15"):
            small.publish(2025)
        small.manager_of("Ward", "wardboss")
        page = self.page("wardboss")
        self.assertFalse(self.rows(page))
        self.assertIn("Too few people took part", self.text(page))

    def test_only_published_numbers_are_on_the_page(self):
        """Every count and percentage is a function of a published row."""
        release = self.publish()
        self.org.login("council", "base.group_user,hr_career_focus.group_works_council")
        page = self.page("council")
        allowed = {0, 2, 3, 20, 40}
        for cell in release.cell_ids:
            figure = Figure(cell.shown, cell.low, cell.high, cell.top)
            size = cell.headcount
            allowed |= {size, figure.shown, figure.low, figure.high}
            allowed |= {
                figure.low * 100 // size,
                -(-figure.high * 100 // size),
                (200 * figure.shown + size) // (2 * size),
            }
        for row in page.xpath("//table//tbody//td"):
            for number in re.findall(r"\d+", self.text(row)):
                self.assertIn(int(number), allowed, self.text(row))

    def test_same_page_every_time(self):
        """A11: reading again, or by another reader of the same part, adds nothing."""
        self.publish()
        self.org.manager_of("Office", "officeboss")

        def content():
            page = self.page("officeboss")
            return html.tostring(page.xpath("//article")[0])

        first = content()
        self.org.start(self.org.staff["Office"][10:20], date(2025, 12, 1))
        self.assertEqual({first}, {content() for _again in range(5)})

    def test_trend_over_years(self):
        self.publish()
        self.org.start(self.org.staff["Office"][10:25], date(2026, 3, 1))
        with freeze_time("2027-01-15"):
            self.org.publish(2026)
        self.org.manager_of("Office", "officeboss")
        page = self.page("officeboss")
        trends = page.xpath("//section[contains(@class, 'o_cf_uptake_trend')]")
        self.assertEqual(
            [self.text(trend.xpath(".//h3")[0]) for trend in trends],
            ["Whole company", "Office"],
        )
        self.assertEqual(
            [
                self.text(year)
                for year in trends[1].xpath(".//*[@class='o_cf_uptake_when']")
            ],
            ["2025", "2026"],
        )
        self.assertIn("with 2025", self.text(trends[1]))

    def test_benchmark_has_its_source_and_year(self):
        self.publish()
        self.org.manager_of("Office", "officeboss")
        text = self.text(self.page("officeboss"))
        self.assertIn("2.3% of the Flemish working population", text)
        self.assertIn("Ascento / HR Square", text)
        self.assertIn("2017", text)

    def test_a_manager_in_two_companies_sees_both(self):
        self.publish()
        user = self.org.manager_of("Office", "officeboss")
        other = Organisation(self.env, "Zorggroep", {"Ward": 30})
        with freeze_time("2026-01-15"):
            other.publish(2025)
        user.company_ids |= other.company
        other.staff["Ward"][:1].user_id = user
        other.departments["Ward"].manager_id = other.staff["Ward"][:1]
        page = self.page("officeboss")
        self.assertEqual(
            [article.get("aria-label") for article in page.xpath("//article")],
            ["Omroep De Waal", "Zorggroep"],
        )

    def test_a_department_without_a_company_counts_where_its_manager_works(self):
        self.org.departments["Office"].company_id = False
        self.publish()
        self.org.manager_of("Office", "officeboss")
        self.assertEqual(self.rows(self.page("officeboss")), [("Office", "27 people")])

    def test_no_link_leads_deeper(self):
        """A manager's figures hold no link and no form: no drill-down, no export."""
        self.publish()
        self.org.manager_of("Production", "boss")
        page = self.page("boss")
        self.assertFalse(
            page.xpath("//article//a | //article//form | //article//button")
        )
        self.org.login("policy", "hr_career_focus.group_policy")
        page = self.page("policy")
        self.assertTrue(page.xpath("//article//a"))
        self.assertFalse(page.xpath("//article//table//a"))
