"""Somebody of HR policy who exchanges agreements, and files to exchange."""

import base64

from odoo.tests import TransactionCase, new_test_user

from ..wizards.agreement_writer import AgreementWriter

TODAY = "2026-06-15"
HEAD = "agreement,version,valid_from,code,name,unit,quantity,interval,interval_months"


class ExchangeMixin:
    """Somebody of HR policy, and a file."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for lang in ("en_US", "nl_NL", "nl_BE"):
            cls.env["res.lang"]._activate_lang(lang)
        cls.hr = new_test_user(
            cls.env,
            "exchange_hr",
            groups="base.group_user,hr_career_focus.group_policy",
            lang="en_US",
        )
        cls.Exchange = cls.env["hr.career.agreement.exchange"].with_user(cls.hr)
        cls.Agreement = cls.env["hr.career.agreement"].with_user(cls.hr)
        cls.euro = cls.env.ref("base.EUR")

    def upload(self, *lines, head=HEAD):
        """Look at a file with these lines."""
        data = "\n".join((head, *lines)).encode()
        exchange = self.Exchange.create({"data_file": base64.b64encode(data)})
        exchange.action_check()
        return exchange

    def counts(self):
        """How many of each there are."""
        models = ("agreement", "agreement.version", "entitlement.rule")
        return [
            self.env[f"hr.career.{name}"]
            .with_context(active_test=False)
            .search_count([])
            for name in models
        ]

    def write_to_odoo(self, *agreements):
        writer = AgreementWriter(self.Exchange.env, self.env.company)
        self.assertFalse(writer.problems(agreements))
        return [made.agreement for made in writer.apply(agreements)]


class ExchangeCase(ExchangeMixin, TransactionCase):
    """The exchange through the ORM."""
