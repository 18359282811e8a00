"""Shares and verdicts: only what the ranges allow."""

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_career_focus_reports.engine import rounding, shares

headcounts = st.integers(20, 2000)
tickets = st.integers(0, rounding.TICKETS - 1)


@given(headcounts, headcounts, st.data(), tickets, tickets)
def test_verdict_is_never_wrong(group, rest, data, first, second):
    """Above and below are said only when they are true of the real counts."""
    company = group + rest
    count = data.draw(st.integers(0, group))
    whole = count + data.draw(st.integers(0, rest))
    said = shares.verdict(
        (rounding.figure(count, group, first), group),
        (rounding.figure(whole, company, second), company),
    )
    if said == shares.ABOVE:
        assert count * company > whole * group
    elif said == shares.BELOW:
        assert count * company < whole * group


def test_verdict_is_given_when_the_gap_is_large():
    company = (rounding.figure(300, 2000, 0), 2000)
    assert shares.verdict((rounding.figure(100, 250, 0), 250), company) == shares.ABOVE
    assert shares.verdict((rounding.figure(10, 250, 0), 250), company) == shares.BELOW
    assert shares.verdict((rounding.figure(38, 250, 0), 250), company) == shares.UNCLEAR


def test_small_shares_never_round_to_none():
    share = shares.share(rounding.figure(5, 3000, 0), 3000)
    assert share == shares.Share(None, None, 1)


@given(st.lists(st.integers(0, 50).map(lambda n: 5 * n), min_size=1, max_size=10))
def test_sum_over_years_uses_shown_figures_only(shown):
    total, margin = shares.over_years(shown)
    assert total == sum(shown)
    assert margin >= 4
