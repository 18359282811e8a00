"""The benchmark of the pages: it runs, and its "without" really is without."""

import pages
import pytest
from parallel import ParallelCase
from without import guard_methods, replacements, taken_out

from odoo.exceptions import AccessError
from odoo.tests import get_db_name, tagged

from odoo.addons.hr_career_focus.casework.opening import TRAJECT
from odoo.addons.hr_career_focus.models.vault_mixin import CareerVaultMixin

ACCESS = "SELECT id FROM hr_career_access"


@tagged("post_install", "-at_install")
class TestBenchPages(ParallelCase):
    """One sealed dossier and one of plain text, on committed rows."""

    @classmethod
    def make_company(cls):
        super().make_company()
        cls.refs = pages.make_dossiers(cls)

    def empty(self):
        """Keep the dossiers for every test."""

    @classmethod
    def coach(cls):
        """The coach's browser: one for all, because a code works once."""
        if "browser" not in vars(cls):
            cls.browser = pages.Browser(get_db_name(), "coach", pages.SECRET)
        return cls.browser

    def shared(self, name):
        return f"/focus/coach/{self.refs[name]}"

    def test_it_runs(self):
        """Both pages are measured, each the same with and without."""
        found = pages.pages(get_db_name(), self.refs, 3, 1, self.coach())
        self.assertEqual([one.name for one in found], ["employee", "coach"])
        for one in found:
            self.assertEqual((len(one.with_them), len(one.without)), (3, 3))
            self.assertGreater(min(one.with_them + one.without), 0)
            self.assertGreater(one.ratio, 0)

    def test_another_page_is_refused(self):
        """Pages that say something else are no comparison."""
        texts = iter("abcdef")
        with pytest.raises(RuntimeError, match="two different pages"):
            pages.compare("x", *(lambda: (next(texts), 1.0),) * 2, turns=1)

    def test_goal(self):
        """The ratio is that of the medians; the goal is a ratio."""
        one = pages.Compared("x", (1.0, 13.0, 99.0), (9.0, 10.0, 10.5))
        self.assertEqual((one.ratio, one.is_met), (1.3, True))
        slower = pages.Compared("x", (1.0, 13.1, 99.0), (9.0, 10.0, 10.5))
        self.assertFalse(slower.is_met)

    def test_without_the_log(self):
        """An opening writes a line with the log and none without."""
        coach = self.coach()
        before = len(self.numbers(ACCESS))
        with taken_out():
            coach.open(self.shared(pages.PLAIN))
        self.assertEqual(len(self.numbers(ACCESS)), before)
        coach.open(self.shared(pages.SEALED))
        self.assertEqual(len(self.numbers(ACCESS)), before + 1)

    def test_without_sealing(self):
        """What is stored is the text itself; neither opens as the other."""
        for name, is_plain in ((pages.SEALED, False), (pages.PLAIN, True)):
            rows = self.numbers(
                "SELECT sealed FROM hr_career_entry entry JOIN hr_career_traject t"
                f" ON t.id = traject_id WHERE t.ref = '{self.refs[name]}'"
            )
            self.assertGreater(len(rows), pages.MESSAGES + pages.NOTES)
            self.assertEqual(any(pages.TEXT[:40] in one for one in rows), is_plain)
        with taken_out():
            self.assertDoesNotOpen(pages.SEALED)
        self.assertDoesNotOpen(pages.PLAIN)

    def assertDoesNotOpen(self, name):
        """The page fails, which the log says and the test expects."""
        coach = self.coach()
        with (
            self.assertLogs("odoo.http"),
            pytest.raises(RuntimeError, match="answered (422|500)"),
        ):
            coach.open(self.shared(name))

    def test_without_the_guard(self):
        """Anyone's superuser code reads the rows; with the guard nobody's does."""
        self.assertGreater(len(guard_methods()), 8)
        with self.connection("settings_admin") as env:
            with taken_out():
                self.assertEqual(env[TRAJECT].sudo().search_count([]), 2)
            with pytest.raises(AccessError):
                env[TRAJECT].sudo().search_count([])

    def test_all_of_it_comes_back(self):
        """After the block, and after an error in it, everything is as it was."""
        before = dict(vars(CareerVaultMixin)), guard_methods(), replacements()
        with pytest.raises(ZeroDivisionError), taken_out():
            self.fail_inside(before)
        self.assertEqual(dict(vars(CareerVaultMixin)), before[0])
        self.assertEqual(replacements(), before[2])

    def fail_inside(self, before):
        """See that they are out, then stop with an error."""
        self.assertNotEqual(guard_methods(), before[1])
        self.assertNotEqual(replacements(), before[2])
        raise ZeroDivisionError
