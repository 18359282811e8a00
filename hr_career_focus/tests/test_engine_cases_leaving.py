"""May what was granted still be redeemed, or carried on, after the last day?"""

from typing import NamedTuple

import pytest

from ..engine import values as v
from ..engine.entitlement import may_finish
from .engine_case import contract, day, person, rolling, used

ENDS = contract("2020-01-01", "2026-06-30")
LEAVES = contract("2020-01-01", "2026-06-30", leaves="2026-06-30", permanent=True)
STAYS = contract("2020-01-01")
BACK = (ENDS, contract("2027-01-01"))

LAPSES = rolling(1000, 60, exit=v.LAPSES)
UNTIL_LAST_DAY = rolling(1000, 60, exit=v.UNTIL_LAST_DAY)
FINISHES = rolling(1000, 60, exit=v.RUNNING_FINISHES)

BEFORE = used(1000, "2026-05-01")
AFTER = used(1000, "2026-07-15")


class Leaving(NamedTuple):
    """One story: may this use go on, on this day?"""

    name: str
    contracts: object
    rule: v.Rule
    use: v.Use
    on: str
    reason: str | None


LEAVING = [
    Leaving("stays: yes", STAYS, LAPSES, BEFORE, "2026-06-30", None),
    Leaving(
        "until the last day: the voucher is redeemed on the last day",
        *(ENDS, UNTIL_LAST_DAY, BEFORE, "2026-06-30", None),
    ),
    Leaving(
        "until the last day: left the day before the voucher is redeemed",
        *(ENDS, UNTIL_LAST_DAY, BEFORE, "2026-07-01", v.EMPLOYMENT_ENDED),
    ),
    Leaving(
        "until the last day: notice was given, the last day is still to come",
        *(LEAVES, UNTIL_LAST_DAY, BEFORE, "2026-06-30", None),
    ),
    Leaving(
        "running trajects finish: half a year after the last day",
        *(LEAVES, FINISHES, BEFORE, "2026-12-31", None),
    ),
    Leaving(
        "running trajects finish: what began on the last day runs",
        *(ENDS, FINISHES, used(1000, "2026-06-30"), "2026-12-31", None),
    ),
    Leaving(
        "running trajects finish: what began after the last day does not",
        *(ENDS, FINISHES, AFTER, "2026-12-31", v.EMPLOYMENT_ENDED),
    ),
    Leaving(
        "lapses: the day after the last day",
        *(ENDS, LAPSES, BEFORE, "2026-07-01", v.LEAVING),
    ),
    Leaving(
        "lapses: the last day of a contract that ends by itself",
        *(ENDS, LAPSES, BEFORE, "2026-06-30", None),
    ),
]


@pytest.mark.parametrize("story", LEAVING, ids=[story.name for story in LEAVING])
def test_case(story):
    contracts = story.contracts
    facts = person(*(contracts if isinstance(contracts, tuple) else (contracts,)))
    reason = may_finish(facts, [story.rule], story.use, day(story.on))
    assert (reason and reason.code) == story.reason
    if reason:
        assert reason.clause == "article 1"
        assert reason.data["ended_on"] == day("2026-06-30")
