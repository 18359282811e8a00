"""The broadcaster's budget for moves to other work, as HR has planned it."""

from odoo.fields import Command

from ..casework import budget_words as w

NAME = "Moves to other work %s"
NAME_DUTCH = "Ander werk binnen de omroep %s"
#: kind: (planned, list price)
PLAN = {
    w.TRAINING: (24000, 1500),
    w.SHADOWING: (3000, 250),
    w.TRIAL: (12000, 2000),
    w.RELOCATION: (2000, 3000),
    w.COACHING: (9600, 1200),
    w.SELF_EMPLOYED: (10000, 2500),
    w.RIGHTS: (40000, 1000),
}


def plan_moves(env, places, today):
    """Plan and open a budget of this calendar year."""
    budget = env["hr.career.budget"].create(
        {
            "name": NAME % today.year,
            "company_id": places.companies["W"].id,
            "date_from": today.replace(month=1, day=1),
            "date_to": today.replace(month=12, day=31),
            "rest": w.CARRY,
            "line_ids": [
                Command.create({"kind": kind, "planned": planned, "list_price": price})
                for kind, (planned, price) in PLAN.items()
            ],
        }
    )
    installed = {code for code, _name in env["res.lang"].get_installed()}
    for lang in {"nl_NL", "nl_BE"} & installed:
        budget.with_context(lang=lang).name = NAME_DUTCH % today.year
    budget.action_open()
