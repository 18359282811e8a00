"""Three checked agreements with rights of all kinds, and what was used of them."""

from datetime import date, timedelta
from decimal import Decimal

CHECKED = {"verified_by": "Benchmark", "verified_on": date(2026, 1, 1)}
#: One person in this many used something: 5 %.
USED_BY_ONE_IN = 20


def make_agreements(env):
    """Return the agreements: a budget, a budget that is saved up, hours and scans."""
    euro = env.ref("base.EUR").id
    amount = {"unit": "amount", "currency_id": euro}
    texts = {
        "Budget every five years": [
            {
                **amount,
                "name": "Career guidance",
                "quantity": 1000,
                "interval_kind": "rolling_start",
                "interval_months": 60,
                "min_service_months": 12,
            },
        ],
        "Saved up": [
            {
                **amount,
                "name": "Development budget",
                "quantity": 900,
                "interval_kind": "accrual",
                "interval_months": 12,
                "block_origin": date(2020, 1, 1),
                "cap": 4500,
                "advance_periods": 3,
                "prorate_fte": True,
                "prorate_part": True,
            },
        ],
        "Hours and scans": [
            {
                "name": "Hours of a year",
                "unit": "hours",
                "quantity": 40,
                "interval_kind": "calendar_block",
                "interval_months": 12,
                "block_origin": date(2020, 1, 1),
                "prorate_fte": True,
                "excluded_category_ids": env["hr.career.staff.category"]
                .search([("code", "=", "student")])
                .ids,
            },
            {
                "name": "Career scan",
                "unit": "scans",
                "quantity": 1,
                "interval_kind": "rolling_completion",
                "interval_months": 24,
                "min_hours": 15,
            },
        ],
    }
    agreements = env["hr.career.agreement"]
    for name, rules in texts.items():
        agreements |= agreements.create(
            {
                "name": name,
                "version_ids": [
                    (0, 0, {"rule_ids": [(0, 0, {**rule}) for rule in rules]})
                ],
            }
        )
    agreements.version_ids.write(CHECKED)
    env.flush_all()
    return agreements


def make_uses(agreements, employee_ids, day):
    """Return what one person in :data:`USED_BY_ONE_IN` used, as engine uses.

    Nobody's vault is involved: these uses go straight to the engine.
    """
    from odoo.addons.hr_career_focus.engine.values import Use

    keys = agreements.version_ids.rule_ids.mapped("right_key")
    uses = {}
    for number, employee_id in enumerate(employee_ids[::USED_BY_ONE_IN]):
        on = day - timedelta(days=30 + number * 37 % 2400)
        uses[employee_id] = [
            Use(key, Decimal(1), on, granted=Decimal(1), completed=on) for key in keys
        ]
    return uses
