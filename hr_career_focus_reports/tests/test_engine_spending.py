"""What budgets were used for: rows by size alone, amounts by what is shown alone."""

from datetime import date
from unittest import TestCase

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from odoo.addons.hr_career_focus_reports.engine import spending as sp
from odoo.addons.hr_career_focus_reports.engine.rounding import Figure

KINDS = ("training", "shadowing", "relocation")
DAY = date(2027, 1, 15)


def release(size, pots, helped, secret=b"test", **values):
    return sp.compute(
        size,
        pots,
        helped,
        company=1,
        year=2026,
        published_on=DAY,
        secret=secret,
        currency="EUR",
        **values,
    )


def marks(count):
    """So many people."""
    return frozenset(range(count))


@st.composite
def organisations(draw):
    """A company, budgets for parts of it, and two ways they may have been used."""
    size = draw(st.integers(0, 120))
    pots = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        first = draw(st.integers(0, size))
        last = draw(st.integers(first, size))
        kinds = draw(st.lists(st.sampled_from(KINDS), unique=True))
        lines = tuple(
            sp.Line(
                kind,
                draw(st.integers(0, 9000)),
                frozenset(range(draw(st.integers(first, last)), last)),
                draw(st.sampled_from(sp.STOOLS)),
            )
            for kind in kinds
        )
        pots.append(sp.Pot(number, f"B{number}", lines))
    numbers = st.dictionaries(
        st.tuples(st.integers(1, 6), st.sampled_from(KINDS)),
        st.frozensets(st.integers(0, 60)),
    )
    return size, tuple(pots), draw(numbers), draw(numbers)


def shape(figures):
    """What is shown of a release apart from the figures themselves."""
    return [(row.budget, row.label, row.kind, row.headcount) for row in figures.rows]


class TestEngineSpending(TestCase):
    @settings(max_examples=100, deadline=None)
    @given(organisations())
    def test_rows_follow_from_sizes(self, made):
        """Which rows there are depends on people; use decides all or the first only."""
        size, pots, used, otherwise = made
        one, two = release(size, pots, used), release(size, pots, otherwise)
        if one.state == two.state:
            self.assertEqual(shape(one), shape(two))
        else:
            self.assertEqual({len(one.rows), len(two.rows)} & {1}, {1})
            self.assertEqual(shape(one)[:1], shape(two)[:1])
        for row in one.rows:
            self.assertGreaterEqual(row.headcount, 20)

    @settings(max_examples=100, deadline=None)
    @given(organisations())
    def test_amounts_follow_from_what_is_shown(self, made):
        """Who knows the figures and the prices can compute every amount."""
        size, pots, used, _otherwise = made
        figures = release(size, pots, used)
        totals = {}
        for row in figures.rows:
            if row.kind:
                expected = sp.amount(row.figure, row.price)
                self.assertEqual(row.amount, expected)
                if expected is not None:
                    totals[row.budget] = totals.get(row.budget, 0) + expected
                    self.assertEqual(expected % 100, 0)
        for row in figures.rows:
            if not row.kind:
                self.assertEqual(row.amount, totals.get(row.budget))

    @settings(max_examples=100, deadline=None)
    @given(organisations())
    def test_a_figure_holds_the_count_and_never_says_zero(self, made):
        size, pots, used, _otherwise = made
        for row in release(size, pots, used).rows:
            if row.kind and row.budget > 0:
                count = len(used.get((row.budget, row.kind), ()))
                self.assertGreaterEqual(count, row.figure.low)
                if not row.figure.top:
                    self.assertLessEqual(count, row.figure.high)
            self.assertGreaterEqual(row.figure.high - row.figure.low, 4)

    @settings(max_examples=100, deadline=None)
    @given(organisations())
    def test_no_small_rest_by_subtraction(self, made):
        """Budgets that share a row are for enough people together, or have no row."""
        size, pots, _used, _otherwise = made
        own, shared = sp.kept(pots, 20)
        self.assertEqual(
            sorted(pot.number for pot in [*own, *shared]),
            sorted(pot.number for pot in pots),
        )
        together = frozenset().union(*(pot.people for pot in shared))
        if own and shared:
            self.assertGreaterEqual(len(together), 20)
        for pot in own:
            self.assertGreaterEqual(len(pot.people), 20)

    def test_one_number_is_drawn_once(self):
        """A budget of one kind: two draws of one number would narrow it down."""
        everybody = frozenset(range(400))
        pots = (sp.Pot(1, "A", (sp.Line("training", 1000, everybody),)),)
        seen = set()
        for key in range(60):
            used = {(1, "training"): marks(22)}
            figures = release(400, pots, used, secret=b"%d" % key)
            shown = {row.figure.shown for row in figures.rows}
            self.assertEqual(len(figures.rows), 3)
            self.assertEqual(len(shown), 1)
            seen |= shown
        self.assertEqual(seen, {20, 25})

    def test_one_person_adds_one(self):
        """Two people with all there is are two: no breakdown opens for them."""
        everybody = frozenset(range(60))
        lines = tuple(sp.Line(kind, 1000, everybody) for kind in KINDS)
        pots = (sp.Pot(1, "A", lines), sp.Pot(2, "B", lines))
        used = {(pot, kind): marks(2) for pot in (1, 2) for kind in KINDS}
        for key in range(40):
            figures = release(60, pots, used, secret=b"%d" % key)
            self.assertIn(figures.rows[0].figure.shown, (0, 5))
            self.assertEqual(len(figures.rows), 1)

    def test_rights_come_from_what_was_published(self):
        """The row of the rights stands also where a breakdown does not."""
        row = sp.Row(
            1, "A", "rights", 60, 1000, sp.NEITHER, Figure(5, 1, 9, False), 5000
        )
        pots = (sp.Pot(1, "A", (sp.Line("training", 0, frozenset(range(60))),)),)
        self.assertEqual(release(60, pots, {}, rights=row).rows[1:], (row,))
        self.assertEqual(release(10, pots, {}, rights=row).rows, ())

    @given(st.lists(st.integers(0, 40), min_size=2, max_size=6), st.integers(1, 9000))
    def test_forecast_holds_the_centre(self, shown, price):
        history = [
            Figure(one // 5 * 5, max(0, one // 5 * 5 - 4), one // 5 * 5 + 4, False)
            for one in shown
        ]
        expected = sp.forecast(history, price)
        assume(any(figure.shown for figure in history))
        self.assertLessEqual(expected.low, expected.centre)
        self.assertLessEqual(expected.centre, expected.high + 100)
        self.assertEqual(expected.years, len(history))
