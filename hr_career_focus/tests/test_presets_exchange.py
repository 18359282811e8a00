"""The page on which HR exchanges agreements."""

import base64
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, new_test_user, tagged

from ..presets import read, shipped, template
from ..wizards.agreement_exchange_texts import problem_texts
from .common_exchange import HEAD, TODAY, ExchangeCase, ExchangeMixin


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
