"""An agreement with one right, and the people who meet it."""

from datetime import date
from decimal import Decimal

from odoo.tests import TransactionCase, new_test_user

from ..engine import values

#: The day the tests ask about unless they say otherwise.
ON = date(2026, 11, 21)


class AgreementCase(TransactionCase):
    """An agreement with one right, and the people who meet it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.lang"]._activate_lang("en_US")
        cls.env = cls.env(context=dict(cls.env.context, lang="en_US"))
        cls.company = cls.env["res.company"].create({"name": "Broadcaster"})
        cls.other_company = cls.env["res.company"].create({"name": "Publisher"})
        cls.agreement = cls.env["hr.career.agreement"].create({"name": "CAO Omroep"})
        cls.version = cls.env["hr.career.agreement.version"].create(
            {"agreement_id": cls.agreement.id}
        )
        cls.rule = cls.env["hr.career.entitlement.rule"].create(
            cls.rule_values(cls.version)
        )
        cls.policy = new_test_user(
            cls.env,
            "policy",
            groups="hr_career_focus.group_policy",
            name="Petra Policy",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.employee_user = new_test_user(
            cls.env,
            "employee",
            groups="base.group_user",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )
        cls.portal_user = new_test_user(
            cls.env, "portal_employee", groups="base.group_portal"
        )

    @classmethod
    def rule_values(cls, version, **changes):
        """Return the broadcasters' right, for ``create``."""
        return {
            "version_id": version.id,
            "name": "Career guidance",
            "article": "article 12",
            "quantity": 1000,
            "currency_id": cls.env.ref("base.EUR").id,
            "interval_months": 60,
            **changes,
        }


class VersionCase(AgreementCase):
    """The broadcasters' text of 2024 and 2025, checked in its first month."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version.write({"valid_from": "2024-01-01", "valid_to": "2025-12-31"})
        cls.check(cls.version, "2024-01-20")
        cls.scan = cls.rule.copy(
            {"name": "Scan", "unit": "scans", "quantity": 1, "interval_months": 36}
        )
        cls.check(cls.version, "2024-01-20")

    @classmethod
    def check(cls, version, day):
        version.write(
            {"verified_by": "Petra Policy", "verified_on": day, "checked_terms": False}
        )

    def plain(self, text):
        return " ".join(str(text).replace("\xa0", " ").split())


class EntitlementCase(AgreementCase):
    """A checked agreement behind every contract of the broadcaster."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.version.write({"verified_by": "Petra Policy", "verified_on": ON})
        cls.rule.min_service_months = 12
        cls.company.career_agreement_id = cls.agreement
        cls.adapter = cls.env["hr.career.entitlement"].sudo()

    @classmethod
    def hire(cls, start="2020-01-01", end=False, **changes):
        """Hire somebody on a day, or without one."""
        terms = {"contract_date_start": start, "contract_date_end": end}
        if start:
            terms["date_version"] = start
        return cls.env["hr.employee"].create(
            {"name": "Noor", "company_id": cls.company.id, **terms, **changes}
        )

    @classmethod
    def new_contract(cls, employee, start, end=False):
        """Hire somebody again, who worked here before."""
        return employee.create_version(
            {
                "date_version": start,
                "contract_date_start": start,
                "contract_date_end": end,
            }
        )

    @classmethod
    def other_agreement(cls, name, **changes):
        """Return a checked copy of the agreement, its right changed."""
        copy = cls.agreement.copy({"name": name})
        copy.version_ids.rule_ids.write(changes)
        copy.version_ids.action_mark_checked()
        return copy

    def answer(self, employee, on_date=ON, uses=()):
        """Return the one answer about one employee."""
        answers = self.adapter._answers(employee, on_date, {employee.id: uses})
        (answer,) = answers[employee.id]
        return answer

    def status(self, employee, on_date=ON, uses=()):
        return self.answer(employee, on_date, uses).answer.status

    def use(self, quantity, on, rule=None, **kwargs):
        """Return a use of the right of the case."""
        key = (rule or self.rule).right_key
        return values.Use(key, Decimal(quantity), date.fromisoformat(on), **kwargs)

    def plain(self, answer):
        """Return the sentence without the spaces that must not break."""
        return answer.sentence.replace("\xa0", " ")
