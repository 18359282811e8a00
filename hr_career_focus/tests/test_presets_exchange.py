"""Agreements out of the database and back, and the page on which HR does it."""

import base64
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, new_test_user, tagged

from ..engine import values as v
from ..models.entitlement_rule_choices import MATTERS
from ..presets import read, shipped, template, write
from ..presets.relevance import RELEVANT
from ..wizards.agreement_exchange_texts import problem_texts
from ..wizards.agreement_reader import RIGHT_FIELDS, agreement_value
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


@tagged("post_install", "-at_install")
class TestDownload(ExchangeMixin, HttpCase):
    def test_a_file_is_for_whoever_made_it(self):
        (agreement,) = self.write_to_odoo(template("nl_omroep").agreement)
        url = agreement.action_export()["url"]
        self.authenticate("exchange_hr", "exchange_hr")
        answer = self.url_open(url)
        self.assertEqual(answer.status_code, 200)
        self.assertIn("CAO Omroep", answer.headers["Content-Disposition"])
        (back,) = read(answer.content).agreements
        self.assertEqual(back.rights, template("nl_omroep").agreement.rights)
        for login, groups in {
            "exchange_other": "base.group_user",
            "exchange_hr_too": "base.group_user,hr_career_focus.group_policy",
        }.items():
            new_test_user(self.env, login, groups=groups)
            self.authenticate(login, login)
            self.assertEqual(self.url_open(url).status_code, 404, login)
        self.authenticate(None, None)
        self.assertEqual(self.url_open(url).status_code, 404)


@tagged("post_install", "-at_install")
class TestRoundTrip(ExchangeCase):
    def full_agreement(self):
        """Two versions, every kind of interval, and a bit of every term."""
        student = self.env["hr.career.staff.category"].search(
            [("code", "in", ["student", "agency"])]
        )
        shared = {"currency_id": self.euro.id, "quantity": 1000.5, "unit": "amount"}
        kinds = [
            {"interval_kind": v.ROLLING_START, "min_service_months": 12},
            {"interval_kind": v.ROLLING_COMPLETION, "coach_choice": v.FROM_LIST},
            {
                "interval_kind": v.CALENDAR_BLOCK,
                "block_origin": "2024-02-29",
                "prorate_part": True,
                "valid_to": "2027-06-30",
            },
            {
                "interval_kind": v.EMPLOYMENT_YEARS,
                "contract_types": "fixed_term",
                "min_term_months": 24,
                "min_hours": 15.5,
                "hours_exclusive": True,
            },
            {
                "interval_kind": v.ACCRUAL,
                "interval_months": 1,
                "accrual_timing": v.AT_END,
                "cap": 4500,
                "saving_months": 36,
                "advance_periods": 3,
                "prorate_fte": True,
                "full_time_hours": 36,
            },
            {
                "interval_kind": v.ACCRUAL,
                "basis": v.SALARY_PERCENT,
                "quantity": 1.5,
                "max_service_months": 36,
                "min_age": 57,
            },
            {
                "interval_kind": v.ONCE,
                "consultation": v.CONSULT,
                "payer": v.OWN_CLAIM,
                "exit_policy": v.RUNNING_FINISHES,
                "output_rule": v.ADVICE_TO_EMPLOYEE,
                "excluded_category_ids": [Command.set(student.ids)],
            },
            {"interval_kind": False, "interval_months": 0, "unit": "scans"},
        ]
        kinds[-1]["quantity"] = 2
        agreement = self.Agreement.create(
            {
                "name": "CAO Whole",
                "sector": "Everything",
                "reference": "PC 200",
                "country_id": self.env.ref("base.be").id,
                "version_ids": [
                    Command.create(
                        {
                            "name": "2024-2025",
                            "valid_from": "2024-01-01",
                            "valid_to": "2025-12-31",
                            "has_after_effect": False,
                            "rule_ids": [
                                Command.create({"name": "Old", "code": "r0", **shared})
                            ],
                        }
                    ),
                    Command.create(
                        {
                            "valid_from": "2026-01-01",
                            "source_url": "https://example.org/text",
                            "source_seen_on": "2026-02-03",
                            "note": "Line one\n\n- line two",
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": f"Right {number}",
                                        "code": f"r{number}",
                                        "sequence": number,
                                        "article": "=1",
                                        **shared,
                                        **terms,
                                    }
                                )
                                for number, terms in enumerate(kinds)
                            ],
                        }
                    ),
                ],
            }
        )
        rule = agreement.version_ids.rule_ids.filtered(lambda r: r.name == "Right 0")
        texts = {"nl_NL": "Recht", "nl_BE": "Recht in Vlaanderen"}
        rule.update_field_translations("name", texts)
        return agreement

    def test_all_of_an_agreement_comes_back(self):
        agreement = self.full_agreement()
        value = agreement_value(agreement)
        (back,) = read(write([value])).agreements
        self.assertEqual(back, value)
        agreement.name = "CAO Elsewhere"
        (again,) = self.write_to_odoo(back)
        self.assertEqual(agreement_value(again), value)
        self.assertEqual(len(again.version_ids), 2)
        pairs = zip(
            agreement.version_ids.rule_ids.sorted(
                lambda r: (r.version_id.name, r.code)
            ),
            again.version_ids.rule_ids.sorted(lambda r: (r.version_id.name, r.code)),
            strict=True,
        )
        for old, new in pairs:
            skipped = {"version_id", "agreement_id", "right_key", "sequence"}
            names = [
                name
                for name, field in old._fields.items()
                if field.store and name not in skipped and name not in v.__dict__
            ]
            log = {"id", "create_uid", "create_date", "write_uid", "write_date"}
            for name in set(names) - log:
                self.assertEqual(old[name], new[name], f"{old.code}: {name}")
            for lang in ("nl_NL", "nl_BE"):
                spoken = [one.with_context(lang=lang).name for one in (old, new)]
                self.assertEqual(*spoken)

    def test_company_rules_come_back(self):
        (omroep,) = self.write_to_odoo(template("nl_omroep").agreement)
        rules = self.Agreement.create(
            {
                "name": "Ours on top",
                "is_company_rules": True,
                "company_id": self.env.company.id,
                "version_ids": [
                    Command.create(
                        {
                            "name": "2026",
                            "rule_ids": [
                                Command.create(
                                    {
                                        "name": "More",
                                        "quantity": 1500,
                                        "currency_id": self.euro.id,
                                        "improves_rule_id": omroep.rule_ids.id,
                                    }
                                )
                            ],
                        }
                    )
                ],
            }
        )
        value = agreement_value(rules)
        self.assertEqual(value.versions[0].rights[0].improves_code, "career-guidance")
        rules.name = "Elsewhere"
        (again,) = self.write_to_odoo(*read(write([value])).agreements)
        self.assertEqual(again.company_id, self.env.company)
        improved = again.version_ids.rule_ids.improves_rule_id
        self.assertEqual(improved, omroep.rule_ids)

    def test_rules_on_top_and_what_they_improve_in_one_file(self):
        head = "agreement,company_rules,code,name,unit,quantity,improves_agreement,"
        head += "improves_code"
        exchange = self.upload(
            "Ours,yes,a,A,scans,2,CAO Both,scan",
            "CAO Both,no,scan,Scan,scans,1,,",
            head=head,
        )
        self.assertFalse(exchange.has_errors)
        both = "CAO Both,no,scan,Scan,scans,1,,"
        bad = self.upload("Ours,yes,a,A,hours,2,CAO Both,scan", both, head=head)
        other = self.upload(
            "Ours,yes,a,A,scans,2,CAO Both,scan,once",
            "CAO Both,no,scan,Scan,scans,1,,,rolling_start",
            head=head + ",interval",
        )
        for one in (bad, other):
            problems = one.problem_ids.filtered(lambda p: p.column == "improves_code")
            self.assertEqual(problems.mapped("row"), [2])
        exchange.action_import()
        rule = self.Agreement.search([("name", "=", "Ours")]).version_ids.rule_ids
        self.assertEqual(rule.improves_rule_id.agreement_id.name, "CAO Both")

    @freeze_time(TODAY)
    def test_every_template_is_a_draft_and_comes_back(self):
        for one in shipped():
            with self.subTest(one.name):
                (agreement,) = self.write_to_odoo(one.agreement)
                texts = one.agreement.versions
                versions = agreement.version_ids.sorted(
                    lambda version: version.valid_from or date.min
                )
                for version, text in zip(versions, texts, strict=True):
                    self.draft_comes_back(version, text)
                held = agreement_value(agreement).versions
                self.assertEqual(
                    {text.version: text.rights for text in held},
                    {
                        version.name: text.rights
                        for version, text in zip(versions, texts, strict=True)
                    },
                )

    def draft_comes_back(self, version, text):
        self.assertFalse(version.is_verified)
        self.assertFalse(version.verified_by)
        self.assertFalse(version.verified_on)
        self.assertFalse(version.registered_on)
        missing = any(right.missing for right in text.rights)
        self.assertEqual(bool(version.missing), missing)
        if missing:
            with self.assertRaisesRegex(UserError, "is not complete"):
                version.action_mark_checked()
        else:
            version.action_mark_checked()
            self.assertTrue(version.is_verified)
        self.assertTrue(version.note)
        self.assertEqual(version.source_url, text.source)

    def test_employees_read_the_template_in_dutch(self):
        (agreement,) = self.write_to_odoo(template("nl_rijk").agreement)
        rule = agreement.version_ids.rule_ids[0]
        names = [
            rule.with_context(lang=lang).name for lang in ("en_US", "nl_NL", "nl_BE")
        ]
        self.assertEqual(names, ["Career scan", "Loopbaanscan", "Loopbaanscan"])

    def test_terms_that_mean_nothing_are_the_same_on_both_sides(self):
        """The form hides, and the server clears, what a file may not have."""
        fields = {RIGHT_FIELDS.get(name, name) for name in RELEVANT} - {"currency"}
        self.assertEqual(fields, set(MATTERS) - {"currency_id", "improves_rule_id"})


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestExchange(ExchangeCase):
    def test_a_template_is_looked_at_first_and_then_imported(self):
        before = self.counts()
        action = self.Exchange.action_start()
        exchange = self.Exchange.browse(action["res_id"])
        self.assertEqual(len(exchange.template_ids), len(shipped()))
        chosen = exchange.template_ids.filtered(lambda t: t.template == "nl_omroep")
        self.assertEqual(chosen.source_seen_on, date(2026, 11, 21))
        self.assertIn("Career guidance", chosen.gives)
        chosen.action_choose()
        self.assertEqual(
            exchange.preview_ids.mapped("outcome"),
            ["new_agreement", "new_version", "right"],
        )
        self.assertTrue(exchange.has_news)
        self.assertEqual(self.counts(), before)
        opened = exchange.action_import()
        self.assertEqual(self.counts(), [number + 1 for number in before])
        agreement = self.Agreement.browse(opened["res_id"])
        self.assertEqual(agreement.rule_ids.quantity, 1000)
        self.assertFalse(agreement.is_verified)

    def test_the_list_is_in_the_language_of_the_reader(self):
        dutch = self.Exchange.with_context(lang="nl_NL")
        exchange = dutch.browse(dutch.action_start()["res_id"])
        one = exchange.template_ids.filtered(lambda t: t.template == "nl_banken")
        self.assertEqual(one.sector, "Banken")
        self.assertTrue(one.gives.startswith("Loopbaanscan, vitaliteitscan of"))
        self.assertTrue(one.is_incomplete)

    def test_the_same_again_makes_nothing(self):
        self.write_to_odoo(template("nl_omroep").agreement)
        before = self.counts()
        exchange = self.Exchange.create({"template": "nl_omroep"})
        exchange.action_check()
        self.assertEqual(exchange.preview_ids.mapped("outcome"), ["addition", "same"])
        self.assertFalse(exchange.has_news)
        exchange.action_import()
        self.assertEqual(self.counts(), before)

    def test_a_checked_version_is_never_changed(self):
        """What is new comes next to it, as a draft, and the page says so."""
        line = "CAO Test,2026,2026-01-01,scan,Scan,scans,1,once,"
        self.upload(line).action_import()
        agreement = self.Agreement.search([("name", "=", "CAO Test")])
        old = agreement.version_ids
        old.action_mark_checked()
        self.env.invalidate_all()
        held = old.read()
        exchange = self.upload(line.replace("scans,1", "scans,3"))
        self.assertEqual(
            exchange.preview_ids.mapped("outcome"), ["addition", "new_version", "right"]
        )
        exchange.action_import()
        self.env.invalidate_all()
        self.assertEqual(old.read(), held)
        self.assertTrue(old.is_verified)
        new = agreement.version_ids - old
        self.assertEqual(new.rule_ids.quantity, 3)
        self.assertFalse(new.is_verified)
        self.assertEqual(agreement.version_id, old)

    def test_a_new_agreement_instead(self):
        line = "CAO Test,2026,2026-01-01,scan,Scan,scans,1,once,"
        self.upload(line).action_import()
        exchange = self.upload(line)
        self.assertTrue(exchange.has_existing)
        exchange.action_apart()
        self.assertEqual(exchange.preview_ids[0].outcome, "new_agreement")
        exchange.action_import()
        two = self.Agreement.search([("name", "=", "CAO Test")])
        self.assertEqual(len(two), 2)
        third = self.upload(line)
        self.assertTrue(third.has_errors)
        self.assertIn("more than one agreement", third.problem_ids.detail)

    def test_a_check_in_the_file_counts_for_nothing(self):
        exchange = self.upload(
            "CAO Test,2026,2026-01-01,scan,Scan,scans,1,once,,The union,2026-01-02",
            head=f"{HEAD},verified_by,verified_on",
        )
        self.assertFalse(exchange.has_errors)
        self.assertIn("does not count here", exchange.problem_ids[0].detail)
        exchange.action_import()
        version = self.Agreement.search([("name", "=", "CAO Test")]).version_ids
        self.assertFalse(version.is_verified)
        self.assertFalse(version.verified_by)

    def test_one_bad_line_keeps_the_whole_file_out(self):
        good = "CAO Test,2026,2026-01-01,scan,Scan,scans,1,once,"
        before = self.counts()
        exchange = self.upload(good, "CAO Test,2026,,talk,Talk,sessions,many,once,")
        self.assertTrue(exchange.has_errors)
        self.assertEqual(
            exchange.problem_ids.mapped(lambda p: (p.row, p.column, p.value)),
            [(3, "quantity", "many")],
        )
        self.assertIn("Write 1500", exchange.problem_ids.detail)
        self.assertFalse(exchange.preview_ids)
        with self.assertRaisesRegex(UserError, "nothing was imported"):
            exchange.action_import()
        self.assertEqual(self.counts(), before)
        self.upload(good).action_import()
        self.assertEqual(self.counts(), [number + 1 for number in before])

    def test_what_this_database_does_not_know(self):
        exchange = self.upload(
            "CAO Test,ZZ,,a,A,amount,5,ZZZ,,",
            "Ours,,yes,b,B,scans,5,,CAO Nowhere,c",
            head="agreement,country,company_rules,code,name,unit,quantity,currency,"
            "improves_agreement,improves_code",
        )
        self.assertEqual(
            exchange.problem_ids.filtered(lambda p: p.outcome == "error").mapped(
                lambda p: (p.row, p.column)
            ),
            [(2, "country"), (2, "currency"), (3, "improves_code")],
        )

    def test_a_file_of_the_other_kind(self):
        self.write_to_odoo(template("nl_omroep").agreement)
        head = "agreement,company_rules,code,name,unit,quantity"
        exchange = self.upload("CAO Omroeppersoneel,yes,a,A,scans,1", head=head)
        self.assertEqual(
            exchange.problem_ids.filtered(lambda p: p.outcome == "error").column,
            "company_rules",
        )

    def test_every_problem_has_a_sentence(self):
        """No code of a check is without one, and no sentence is unused."""
        root = Path(__file__).resolve().parents[1]
        own = "".join(path.read_text() for path in (root / "presets").glob("*.py"))
        own += (root / "wizards" / "agreement_writer.py").read_text()
        texts = problem_texts(self.env)
        told = re.findall(r'(?:problem|CellError|yield)\(?\s?"(\w+)"', own)
        told += re.findall(r'\("(\w+)", (?:key|"\w+"), {}', own)
        self.assertGreater(len(set(told)), 30)
        self.assertFalse(set(told) - set(texts))
        shared = "".join(path.read_text() for path in (root / "importer").glob("*.py"))
        for code in texts:
            self.assertIn(f'"{code}"', own + shared)

    def test_the_export_is_the_file(self):
        (agreement,) = self.write_to_odoo(template("nl_omroep").agreement)
        action = agreement.action_export()
        self.assertEqual(action["type"], "ir.actions.act_url")
        held = self.Exchange.search([], order="id desc", limit=1)
        self.assertIn(f"id={held.id}&", action["url"])
        (back,) = read(base64.b64decode(held.data_file)).agreements
        self.assertEqual(back.rights, template("nl_omroep").agreement.rights)
        agreement.version_ids.copy({"name": "Next"})
        agreement.version_ids.filtered(lambda one: one.name == "Next").action_export()
        held = self.Exchange.search([], order="id desc", limit=1)
        (back,) = read(base64.b64decode(held.data_file)).agreements
        self.assertEqual([text.version for text in back.versions], ["Next"])
        self.assertEqual(back.rights[0].quantity, Decimal(1000))

    def test_only_hr_policy(self):
        self.assertTrue(self.Exchange.action_start())
        (agreement,) = self.write_to_odoo(template("nl_omroep").agreement)
        for login, groups in {
            "exchange_employee": "base.group_user",
            "exchange_hr_manager": "hr.group_hr_manager",
            "exchange_desk": "base.group_user,hr_career_focus.group_desk",
            "exchange_settings": "base.group_system",
            "exchange_portal": "base.group_portal",
        }.items():
            user = new_test_user(self.env, login, groups=groups)
            if user.has_group("hr_career_focus.group_policy"):
                continue
            self.env.invalidate_all()
            with self.subTest(login):
                with self.assertRaises(AccessError):
                    self.Exchange.with_user(user).action_start()
                with self.assertRaises(AccessError):
                    self.Exchange.with_user(user).create({})
                with self.assertRaises(AccessError):
                    agreement.with_user(user).action_export()

    def test_not_for_a_company_of_others(self):
        other = self.env["res.company"].create({"name": "Elsewhere"})
        with self.assertRaises(AccessError):
            self.Exchange.create({"company_id": other.id}).action_check()
