"""What a release shows: bounds of each figure, breakdown rule, fingerprint."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_career_focus_reports.engine import (
    release,
    rounding,
    schedule,
    shares,
    structure,
)
from odoo.addons.hr_career_focus_reports.engine.parameters import AGREED, Parameters
from odoo.addons.hr_career_focus_reports.engine.sample import (
    people,
    sixty_people,
    thirteen_starts,
)

from .test_engine_structure import organisation, registers

SECRET = b"a secret for the tests"
DAY = date(2027, 1, 15)


def published(register, keys, period="year", secret=SECRET, **options):
    """The release of `register` in which the people of `keys` took part in May."""
    return release.compute(
        register,
        {key: date(2026, 5, 1) for key in keys},
        company=1,
        period=period,
        published_on=DAY,
        secret=secret,
        **options,
    )


@given(st.integers(0, 10**6), st.integers(0, rounding.TICKETS - 1))
def test_rounding_moves_less_than_a_base(count, ticket):
    shown = rounding.rounded(count, ticket)
    assert shown % 5 == 0
    assert abs(shown - count) <= 4
    assert count % 5 or shown == count


def test_rounding_adds_nothing_on_average():
    """Over all draws the expectation of the figure is the count."""
    steps = 1000
    for count in range(11):
        tickets = (
            rounding.TICKETS * (2 * step + 1) // (2 * steps) for step in range(steps)
        )
        total = sum(rounding.rounded(count, ticket) for ticket in tickets)
        assert total == count * steps


@given(st.integers(20, 5000), st.data(), st.integers(0, rounding.TICKETS - 1))
def test_figure_contains_the_truth_and_never_names_the_ends(headcount, data, ticket):
    """The range holds the count and at least five values; the top is half at most."""
    count = data.draw(st.integers(0, headcount))
    figure = rounding.figure(count, headcount, ticket)
    assert figure.low <= count <= figure.high <= headcount
    assert figure.high - figure.low >= 4
    assert figure.top == (figure.high == headcount)
    assert figure.low <= headcount / 2 or not figure.top
    if count == 0:
        assert (figure.low, figure.high) == (0, 4)
    if count == headcount:
        assert figure.top


@given(st.integers(20, 5000), st.data(), st.integers(0, rounding.TICKETS - 1))
def test_share_contains_the_truth_and_never_says_none_or_all(headcount, data, ticket):
    count = data.draw(st.integers(0, headcount))
    share = shares.share(rounding.figure(count, headcount, ticket), headcount)
    assert (share.low or 0) * headcount <= 100 * count
    assert 100 * count <= (share.high or 100) * headcount
    for percent in (share.low, share.centre, share.high):
        assert percent is None or 0 < percent < 100


@given(registers())
def test_structure_does_not_depend_on_statuses(register):
    """A7: nobody, everybody or anybody; the rows are those of the headcounts."""
    offered = structure.offered(register, "year", AGREED)
    for keys in (register.keys, set(list(register.keys)[::2])):
        rows = published(register, keys).rows
        if len(rows) > 1:
            assert [row.code for row in rows] == [group.code for group in offered]
        else:
            assert [row.code for row in rows] == [group.code for group in offered[:1]]
    assert len(published(register, ()).rows) == min(1, len(offered))


@given(registers(), st.randoms(use_true_random=False))
def test_breakdown_follows_the_published_company_figure(register, random):
    keys = [key for key in register.keys if random.random() < 0.15]
    result = published(register, keys)
    if len(result.rows) > 1:
        assert result.rows[0].figure.shown >= 10
    for row in result.rows:
        assert row.headcount >= 20


def test_forty_three_people_and_one_participant():
    """The benchmark in person: 1 of 43 is never told from 0 or 4, and stands alone."""
    register = organisation(22, 21)
    for number in range(50):
        result = published(register, [0], secret=b"key %d" % number)
        assert result.state == release.COMPANY_ONLY
        assert len(result.rows) == 1
        assert result.rows[0].figure in (
            rounding.Figure(0, 0, 4, False),
            rounding.Figure(5, 1, 9, False),
        )


@pytest.mark.parametrize("number", [0, 43])
def test_nobody_and_everybody_look_like_others(number):
    register = organisation(22, 21)
    for row in published(register, range(number)).rows:
        assert row.figure.high - row.figure.low >= 4


def test_the_same_people_share_one_draw():
    """A chain of units repeats one figure instead of drawing the number again."""
    register = organisation(0, 0, 0, 45, parents=[0, 1, 2, 3])
    for number in range(20):
        result = published(register, range(12), secret=b"key %d" % number)
        assert len(result.rows) == 5
        assert len({row.figure for row in result.rows}) == 1


def test_small_company_gets_one_figure_and_a_tiny_one_nothing():
    assert published(people(19), range(12)).state == release.NOTHING
    assert published(people(39), range(12)).state == release.COMPANY_ONLY
    assert published(organisation(40, 40), range(12)).state == release.FULL


def test_who_is_not_on_the_register_is_not_counted():
    strangers = range(1000, 1100)
    result = published(people(60), strangers)
    assert result.rows[0].figure == rounding.Figure(0, 0, 4, False)


def test_each_person_counts_in_one_quarter():
    register = people(400)
    for period in schedule.QUARTERS:
        rows = published(register, range(100), period=period).rows
        assert rows[0].figure.shown == (100 if period == "q2" else 0)


def test_same_input_same_bytes_and_another_key_another_draw():
    def make(secret):
        return release.compute(
            sixty_people(),
            thirteen_starts(),
            company=1,
            period="year",
            published_on=DAY,
            secret=secret,
        )

    first = make(SECRET)
    assert release.canonical(first.content()) == release.canonical(
        make(SECRET).content()
    )
    others = {make(b"key %d" % number).fingerprint() for number in range(20)}
    assert len(others) > 1


def test_fingerprint_survives_json_and_notices_every_change():
    content = published(organisation(40, 40), range(30)).content()
    digest = release.fingerprint(content)
    assert release.fingerprint(json.loads(json.dumps(content))) == digest
    for key in content:
        assert release.fingerprint(content | {key: None}) != digest
    content["rows"][1]["headcount"] += 1
    assert release.fingerprint(content) != digest


def test_chain_covers_the_release_before():
    first = published(people(40), range(9))
    second = published(people(40), range(9), previous=first.fingerprint())
    assert second.previous == first.fingerprint()
    assert second.fingerprint() != first.fingerprint()


def test_parameters_only_become_stricter():
    assert AGREED.stricter(20) == AGREED
    assert AGREED.stricter(250).quarter_minimum == 250
    for minimum in (19, 0, -1):
        with pytest.raises(ValueError, match="20"):
            AGREED.stricter(minimum)


def test_two_worlds_with_equal_figures_give_equal_bytes():
    """No field is a function of the true count other than through the figure."""
    register = organisation(30, 30)
    worlds = {}
    for count in range(10, 25):
        result = published(register, range(count))
        figures = tuple(row.figure for row in result.rows)
        worlds.setdefault(figures, set()).add(result.fingerprint())
    assert all(len(prints) == 1 for prints in worlds.values())
    assert len(worlds) < 15


def test_weaker_parameters_do_leak():
    """The tests above can fail: without a base the figure is the count.

    The proof notices: the rows below the company are held back.
    """
    weak = Parameters(minimum=1, base=1, breakdown=0)
    result = published(organisation(22, 21), [0], parameters=weak)
    assert result.state == release.PRIVACY
    assert [row.figure.shown for row in result.rows] == [1]
