"""What an answer carries besides its status, and what the engine refuses to take."""

from dataclasses import replace
from decimal import Decimal

import pytest

from ..engine import values as v
from ..engine.entitlement import entitlement
from .engine_case import contract, day
from .test_engine_cases import (
    AFTER_A_YEAR,
    ALL_IN_2023,
    PART_IN_2023,
    RULE,
    SCAN,
    SINCE_2020,
)


def test_until_is_the_last_day_of_the_rest():
    (answer,) = entitlement(
        v.Facts(SINCE_2020), [RULE], PART_IN_2023, day("2026-01-01")
    )
    assert answer.until == day("2028-02-29")
    assert answer.since == day("2023-03-01")
    assert answer.granted == 1000


def test_since_is_the_day_the_right_opened():
    facts = v.Facts(SINCE_2020)
    (answer,) = entitlement(facts, [AFTER_A_YEAR], (), day("2026-01-01"))
    assert answer.since == day("2021-01-01")
    (answer,) = entitlement(facts, [RULE], ALL_IN_2023, day("2029-01-01"))
    assert answer.since == day("2028-03-01")


def test_both_obstacles_are_told_the_longest_first():
    facts = v.Facts((contract("2020-01-01", "2024-12-31"), contract("2026-01-01")))
    (answer,) = entitlement(facts, [AFTER_A_YEAR], ALL_IN_2023, day("2026-06-01"))
    codes = [reason.code for reason in answer.reasons]
    assert codes == [v.INTERVAL_RUNNING, v.SERVICE_TOO_SHORT]


def test_one_answer_per_rule_in_the_order_of_the_rules():
    facts = v.Facts(SINCE_2020)
    answers = entitlement(facts, [RULE, SCAN], ALL_IN_2023, day("2024-01-01"))
    assert [answer.rule_key for answer in answers] == ["right", "scan"]
    assert [answer.status for answer in answers] == [v.USED_UP, v.AVAILABLE]


@pytest.mark.parametrize("quantity", [1000.0, "1000", 1000, None])
def test_only_exact_decimals_are_money(quantity):
    with pytest.raises(TypeError):
        v.Use("right", quantity, day("2026-01-01"))
    assert v.Use("right", Decimal("1000"), day("2026-01-01")).quantity == 1000


@pytest.mark.parametrize("quantity", ["-1", "0", "NaN", "Infinity"])
def test_nonsense_quantities_are_refused(quantity):
    with pytest.raises(ValueError, match="zero or more|more than nothing"):
        replace(RULE, quantity=Decimal(quantity))
    assert replace(RULE, quantity=Decimal("0.01")).quantity == Decimal("0.01")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (lambda: v.Interval("weekly", 60), "Unknown kind of interval"),
        (lambda: v.Interval(months=0), "one month at least"),
        (lambda: v.Eligibility(min_service_months=-1), "zero months or more"),
        (lambda: replace(RULE, unit="apples"), "Unknown unit"),
        (lambda: replace(RULE, currency=None), "needs a currency"),
    ],
)
def test_nonsense_rules_are_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        wrong()


def test_an_answer_cannot_be_changed():
    (answer,) = entitlement(v.Facts(SINCE_2020), [RULE], (), day("2026-01-01"))
    with pytest.raises(AttributeError):
        answer.left = Decimal(5000)
    with pytest.raises(TypeError):
        answer.reasons[0].data["extra"] = 1
