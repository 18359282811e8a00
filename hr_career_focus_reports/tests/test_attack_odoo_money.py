"""Attacks by money, in Odoo (A12): amounts say no more than counts do.

Two years that cost differently, for other people in other months, and that publish the
same rows, cannot be told apart by anything a reader of spending gets.
"""

from datetime import date

from lxml import html

from odoo.tests import freeze_time, tagged

from ..engine import rounding, spending
from .test_spending import SpendingCase
from .worlds import SECRET, Undoing

READERS = {
    "policy": "hr_career_focus.group_policy",
    "council": "base.group_user,hr_career_focus.group_works_council",
    "finance": "base.group_user,hr_career_focus.group_finance",
}


@tagged("post_install", "-at_install")
class TestMoneyWorlds(Undoing, SpendingCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        job = type(cls.env["hr.career.release.job"])
        cls.classPatch(job, "_rounding_secret", lambda _self: SECRET)
        for login, groups in READERS.items():
            cls.org.login(login, groups)

    def main(self, login):
        """Return the page of spending as a login gets it, byte for byte."""
        response = self.page(login)
        self.assertEqual(response.status_code, 200)
        [main] = html.fromstring(response.text).xpath("//main")
        return html.tostring(main)

    def test_equal_rows_give_equal_pages(self):
        """Four truths between two multiples of five: at least two publish alike."""
        worlds = {}
        for number in (11, 12, 13, 14):
            with self.undone():
                self.spend("", "training", number, date(2025, number - 4, 1))
                self.spend("Office", "coaching", 7, date(2025, number - 6, 1))
                figures = self.publish()
                self.assertTrue(figures._is_intact())
                with freeze_time("2026-02-02 10:00:00"):
                    pages = {login: self.main(login) for login in (*READERS, "owner")}
                worlds.setdefault(repr(figures._content()), []).append(pages)
        self.assertLess(len(worlds), 4)
        for alike in worlds.values():
            for pages in alike[1:]:
                for login, page in pages.items():
                    with self.subTest(login):
                        self.assertEqual(page, alike[0][login])
        # Positive control: where a row differs the pages do.
        with self.undone():
            self.spend("", "training", 38)
            figures = self.publish()
            self.assertNotIn(repr(figures._content()), worlds)
            with freeze_time("2026-02-02 10:00:00"):
                for login in READERS:
                    for alike in worlds.values():
                        self.assertNotEqual(self.main(login), alike[0][login])

    def test_every_amount_is_a_figure_times_a_price(self):
        """Divided by the list price an amount is the figure that stands beside it."""
        self.spend("", "training", 13)
        self.spend("", "relocation", 6)
        self.spend("Office", "coaching", 9)
        with_amount = [
            row for row in self.publish().row_ids if row.has_amount and row.kind
        ]
        self.assertTrue(with_amount)
        for row in with_amount:
            self.assertEqual(round(row.amount / row.price), row.shown)
            self.assertFalse(row.top)
            self.assertTrue(row.shown)

    def test_no_amount_where_it_would_say_zero_or_everybody(self):
        for size in (20, 45, 97):
            for count in (0, 1, 4, size // 2, size - 1, size):
                figure = rounding.figure(count, size, rounding.TICKETS - 1)
                if figure.top or not figure.shown:
                    self.assertIsNone(spending.amount(figure, 1500))
                else:
                    self.assertEqual(spending.amount(figure, 1500) % 100, 0)
