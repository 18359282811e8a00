"""What HR and the works council read first: who is reached less, and what may help."""

import re
from datetime import date

from odoo.tests import BaseCase, TransactionCase, freeze_time, tagged

from ..controllers import reach, rules_text
from ..controllers.uptake_shapes import MAYBE, NOT, TOOK_PART, Bar, Example
from ..engine import register, release, shares, structure
from ..engine.rounding import TICKETS, Figure, figure
from ..models.frozen_mixin import publishing
from .common import Organisation
from .test_uptake_page import UptakePageCase

CATEGORIES = {
    structure.AGE: register.AGE_BANDS,
    structure.EDUCATION: register.EDUCATION_LEVELS,
    structure.CONTRACT: register.CONTRACTS,
    structure.GENDER: register.GENDERS,
}


class TestDrawing(BaseCase):
    """The drawing says what the words say, never more."""

    def test_bars_touch_where_no_clear_difference_is_said(self):
        for size in range(20, 200, 7):
            for count in range(0, size, 3):
                part = figure(count, size, count * TICKETS // size)
                for whole in (Figure(30, 26, 34, False), Figure(0, 0, 4, False)):
                    verdict = shares.verdict((part, size), (whole, 250))
                    bar = Bar.of_share(part, size, 100)
                    versus = Bar.of_share(whole, 250, 100)
                    apart = bar.start > versus.end or bar.end < versus.start
                    self.assertEqual(apart, verdict != shares.UNCLEAR)

    def test_zero_and_everybody_have_no_mark(self):
        """Positive control: a figure in between has one."""
        nobody = Bar.of_share(figure(0, 40, 0), 40, 60)
        everybody = Bar.of_share(figure(40, 40, 0), 40, 60)
        some = Bar.of_share(figure(10, 40, 0), 40, 60)
        self.assertEqual((nobody.mark, everybody.mark), (None, None))
        self.assertEqual((nobody.start, everybody.end), (0, 100))
        self.assertTrue(everybody.is_open)
        self.assertAlmostEqual(some.mark, 25 * 100 / 60, 1)

    def test_dots_are_the_range(self):
        """Which number within the range is true changes no dot."""
        for size in (20, 43, 150, 151, 2000):
            dots = Example.dots_of(Figure(10, 6, 14, False), size)
            part = shares.share(Figure(10, 6, 14, False), size)
            low, high = (6, 14) if size <= 150 else (part.low or 0, part.high)
            self.assertEqual(dots.count(TOOK_PART), low)
            self.assertEqual(dots.count(MAYBE), high - low)
            self.assertEqual(len(dots), min(size, 100 if size > 150 else size))
        everybody = Example.dots_of(figure(40, 40, 0), 40)
        self.assertEqual(everybody, Example.dots_of(figure(20, 40, 0), 40))
        self.assertNotIn(NOT, everybody)


@tagged("post_install", "-at_install")
class TestAdvice(TransactionCase):
    def test_every_group_has_advice(self):
        """Each category alone, and all of them merged."""
        for trait, values in CATEGORIES.items():
            texts = set()
            for value in values:
                text = reach.advice(self.env, trait, value)
                self.assertRegex(text, r"\.$")
                texts.add(text)
            self.assertGreater(len(texts), 1, trait)
            self.assertTrue(reach.advice(self.env, trait, "+".join(values)))

    def test_advice_names_the_neediest_of_a_merged_group(self):
        merged = reach.advice(self.env, structure.AGE, "45_54+55_plus")
        self.assertEqual(merged, reach.advice(self.env, structure.AGE, "55_plus"))
        self.assertNotEqual(merged, reach.advice(self.env, structure.AGE, "45_54"))


@tagged("post_install", "-at_install")
class TestReach(UptakePageCase):
    """Studio, Camera, Office: ages follow the position within a department."""

    def council(self):
        self.org.login("council", "base.group_user,hr_career_focus.group_works_council")
        return self.page("council")

    def headline(self, page):
        [part] = page.xpath("//div[contains(@class, 'o_cf_uptake_headline')]")
        return self.text(part).strip()

    def cards(self, page):
        return page.xpath("//section[contains(@class, 'o_cf_uptake_trait ')]")

    def ward(self, started):
        """A company of 90, of whom 48 are 55 and older; some of them started."""
        org = Organisation(self.env, "Zorggroep", {"Ward": 60})
        org.staff["Older"] = org.hire(
            "Ward", 30, date(2020, 1, 1), birthday=date(1960, 5, 1)
        )
        old = org.employees.filtered(lambda one: one.birthday.year <= 1970)
        self.assertEqual(len(old), 48)
        org.start(started(org.employees, old), date(2025, 4, 1))
        with freeze_time("2026-01-15"):
            published = org.publish(2025)
        self.assertEqual(published.state, release.FULL)
        org.login("wardcouncil", "base.group_user,hr_career_focus.group_works_council")
        return self.page("wardcouncil")

    def test_a_group_left_out_is_the_headline_and_gets_advice(self):
        """All younger people and nobody older: no draw can hide that."""
        page = self.ward(lambda everybody, old: everybody - old)
        self.assertIn("Clearly reached less 55 and older", self.headline(page))
        age = self.cards(page)[0]
        self.assertIn("What may help", self.text(age))
        self.assertIn("until your pension", self.text(age))
        self.assertNotIn("until your pension", self.text(self.cards(page)[1]))

    def test_without_a_difference_there_is_no_advice(self):
        """Everybody: each group says "so many or more", and none stands out."""
        page = self.ward(lambda everybody, _old: everybody)
        self.assertIn("No clear difference", self.headline(page))
        self.assertNotIn("What may help", self.text(page))
        self.assertEqual(len(self.cards(page)), 4)
        self.assertIn("too small to tell them apart", self.text(self.cards(page)[2]))

    def test_managers_read_nothing_about_traits(self):
        self.publish()
        self.org.manager_of("Office", "officeboss")
        text = self.text(self.page("officeboss"))
        for word in ("Who do we reach", "By age", "Women", "Prove it again"):
            self.assertNotIn(word, text)
        self.assertRegex(text, r"Office: [^.]* of 27\.")

    def test_nothing_but_three_verdicts(self):
        """R12: below, above, no clear difference, on every row there is."""
        self.publish()
        said = {
            self.text(one).strip()
            for one in self.council().xpath("//*[contains(@class, '_verdict')]")
        }
        self.assertLessEqual(
            said,
            {
                "Clearly above the company",
                "Clearly below the company",
                "No clear difference",
            },
        )
        self.assertTrue(said)

    def test_years_apart(self):
        """Who reads everything may turn back; a manager reads the last year."""
        self.publish()
        with freeze_time("2027-01-15"):
            self.org.publish(2026)
        self.council()
        for asked, heading in (
            ("2025", "2025"),
            ("1999", "2026"),
            ("x", "2026"),
            ("9" * 5000, "2026"),
        ):
            self.assertEqual(self.year_shown(asked), heading)
        self.org.manager_of("Office", "officeboss")
        self.page("officeboss")
        self.assertEqual(self.year_shown("2025"), "2026")

    def year_shown(self, asked):
        response = self.url_open(f"/focus/uptake?year={asked}")
        return re.search(r'o_cf_uptake_year">(\d+)<', response.text)[1]

    def test_quarters_appear_before_the_first_year_does(self):
        org = Organisation(self.env, "Groot", {"All": 200})
        org.start(org.staff["All"][:20], date(2026, 2, 1))
        with freeze_time("2026-04-15"):
            org.publish(2026, "q1")
        org.manager_of("All", "bigboss")
        page = self.page("bigboss")
        self.assertIn("By quarter, 2026", self.text(page))
        self.assertIn("Proved before publication, for each of 200", self.text(page))
        self.assertIn("What does a figure mean?", self.text(page))
        self.assertNotIn("No figures yet", self.text(page))
        self.assertFalse(self.rows(page))

    def test_failed_proof_says_so_and_shows_the_company(self):
        """The job keeps the company's row; the page names the privacy check."""
        with publishing():
            self.env["hr.career.release"].sudo()._freeze(
                release.Release(
                    company=self.org.company.id,
                    year=2025,
                    period="year",
                    published_on=date(2026, 1, 15),
                    state=release.PRIVACY,
                    parameters=rules_text.in_force(self.org.company),
                    previous=release.NO_PREVIOUS,
                    certificate={
                        "holds": False,
                        "insiders": 2,
                        "exact_total": False,
                        "rows": 12,
                    },
                    rows=(
                        release.Row(
                            "company",
                            "company",
                            "Company",
                            0,
                            0,
                            0,
                            95,
                            Figure(15, 11, 19, False),
                        ),
                    ),
                )
            )
        self.org.manager_of("Office", "officeboss")
        for page in (self.council(), self.page("officeboss")):
            self.assertIn("Privacy check", self.text(page))
            self.assertNotIn("Proved before publication", self.text(page))
            self.assertFalse(self.rows(page))
            self.assertIn("Whole company · 95 people", self.text(page))

    def test_a_proof_that_holds_is_named_to_every_reader(self):
        self.publish()
        self.org.manager_of("Office", "officeboss")
        text = self.text(self.page("officeboss"))
        self.assertIn("Proved before publication, for each of 95 people", text)
        self.assertNotIn("Privacy check", text)


@tagged("post_install", "-at_install")
class TestRulesText(TransactionCase):
    """The text follows the numbers; nothing is written down twice."""

    def setUp(self):
        super().setUp()
        self.company = Organisation(self.env, "Waal", {"A": 1}).company

    def text(self, parameters=None):
        return rules_text.as_text(self.env, self.company, parameters)

    def test_chapters(self):
        chapters = rules_text.rules(self.env, self.company)
        self.assertEqual(
            [chapter.code for chapter in chapters],
            ["counted", "groups", "figure", "proof", "when", "change", "limits"],
        )
        for chapter in chapters:
            self.assertTrue(chapter.title and all(chapter.sentences))

    def test_a_stricter_company_reads_its_own_numbers(self):
        self.assertIn("at least 20 people", self.text())
        self.company.career_min_group = 33
        self.assertIn("at least 33 people", self.text())
        self.assertIn("fewer than 66 people", self.text())
        self.assertNotIn(" 20 people", self.text())

    def test_what_was_changed_since_the_decision_is_named(self):
        self.assertNotIn("Since ", self.text())
        with freeze_time("2026-03-04"):
            self.company.career_min_group = 25
        self.assertIn(
            "Since 4 March 2026 a group needs at least 25 people.", self.text()
        )

    def test_the_exact_total(self):
        self.assertIn("does not count on a reader who knows", self.text())
        self.company.career_exact_total = True
        self.assertIn("knows exactly how many people", self.text())
        self.assertNotIn("does not count on a reader who knows", self.text())

    def test_days_come_from_the_calendar(self):
        self.assertIn("15 April, 15 July, 15 October and 15 January", self.text())
        later = rules_text.in_force(self.company) | {"grace_days": 20}
        self.assertIn("21 April, 21 July, 21 October and 21 January", self.text(later))

    def test_a_release_from_before_the_proof_does_not_claim_one(self):
        old = {
            "minimum": 20,
            "base": 5,
            "breakdown": 10,
            "quarter_minimum": 200,
            "grace_days": 14,
        }
        self.assertIn("before there was a proof", self.text(old))
        self.assertNotIn("before there was a proof", self.text())

    def test_rounding_and_insiders_are_those_in_force(self):
        coarse = rules_text.in_force(self.company) | {"base": 10, "insiders": 3}
        text = self.text(coarse)
        self.assertIn("a multiple of 10", text)
        self.assertIn("at most 9 away", text)
        self.assertIn("the answers of 3 others", text)
        self.assertIn("4 people or more who put together", text)
