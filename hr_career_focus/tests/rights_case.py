"""Giving the company of the tests another right, checked and in force."""

from datetime import date

from odoo.fields import Command

from ..casework.opening import find, vault
from ..casework.uses import use_of, uses_of
from .common import NOW, TODAY, CareerCase


class Rights:
    """Mixin of a test case: rewords the right, and looks into the ledger."""

    @classmethod
    def set_right(cls, versions=None, **values):
        """Put one right in force for everybody; return its newest wording.

        :param versions: ``[(values of the version, values of the right)]``, when one
            is not enough
        """
        right = {
            "name": "Career traject",
            "code": "traject",
            "article": "10.1",
            "unit": "amount",
            "quantity": 1000,
            "currency_id": cls.env.ref("base.EUR").id,
            "interval_kind": "rolling_start",
            "interval_months": 60,
            **values,
        }
        versions = versions or [({}, {})]
        cls.agreement = cls.env["hr.career.agreement"].create(
            {
                "name": "CAO Rights",
                "version_ids": [
                    Command.create(
                        {
                            "verified_by": "A. Expert",
                            "verified_on": date(2019, 1, 1),
                            **of_version,
                            "rule_ids": [Command.create({**right, **of_right})],
                        }
                    )
                    for of_version, of_right in versions
                ],
            }
        )
        cls.company.career_agreement_id = cls.agreement
        rules = cls.agreement.version_ids.rule_ids
        cls.rule = rules.sorted(
            lambda one: one.version_id.valid_from or date.min, reverse=True
        )[:1]
        return cls.rule

    def right(self, login="victim", now=NOW):
        """Return the one answer of the engine for ``login``."""
        (one,) = self.employee_door(login, now)._answers()
        return one.answer

    def ledger(self, login="victim", on_date=TODAY):
        """Return the uses of ``login``, as the engine reads them."""
        number = self.people[login].id
        return uses_of(self.env_of(login), [number], on_date)[number]

    def row(self, ref, name):
        """Return a value of the ledger's row of a case."""
        with vault(self.env) as inside:
            return inside["hr.career.right.use"].search([("traject_id.ref", "=", ref)])[
                name
            ]

    def use_of(self, ref, on_date=TODAY):
        """Return what a case uses of its right, as the engine reads it."""
        with vault(self.env) as inside:
            return use_of(find(inside, ref, []), on_date)

    def traject(self, ref, name):
        """Return a value of a case."""
        with vault(self.env) as inside:
            return find(inside, ref, [])[name]


class RightsCase(Rights, CareerCase):
    """A transaction test with :class:`Rights`."""
