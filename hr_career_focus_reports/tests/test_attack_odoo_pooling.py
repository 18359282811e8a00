"""Attacks by putting together what several readers can read, in Odoo (A13).

Managers, portal users, HR, the works council and an administrator lay side by side all
that any of them gets from any model, any table of Odoo, any page: it is the release,
and what was there before.
"""

import json
import re
from contextlib import closing
from datetime import date

from lxml import html

from odoo import http
from odoo.exceptions import AccessError
from odoo.tests import freeze_time, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.hr_career_focus.casework.opening import TRAJECT, Dossier, vault
from odoo.addons.hr_career_focus.vault.inventory import vault_models

from .test_attack_odoo_same import BOSSES, ReadersCase
from .test_release_access import MODELS
from .worlds import readable

PLANE = (*MODELS, "hr.career.spending", "hr.career.spending.row")
OTHERS = {
    "colleague": "base.group_user",
    "someportal": "base.group_portal",
    "officer": "hr.group_hr_user",
    "hrmanager": "hr.group_hr_manager",
    "finance": "base.group_user,hr_career_focus.group_finance",
    "settings": "base.group_system,base.group_erp_manager",
}
#: Every way of the web client, and of a program, to get at rows or at how many.
CALLS = {
    "search_read": {"domain": [], "fields": ["display_name"]},
    "web_search_read": {"domain": [], "specification": {"display_name": {}}},
    "search_count": {"domain": []},
    "search": {"domain": []},
    "name_search": {"name": ""},
    "formatted_read_group": {"domain": [], "aggregates": ["__count"]},
    "web_read_group": {
        "domain": [],
        "groupby": ["display_name"],
        "aggregates": ["__count"],
    },
    "get_views": {"views": [[False, "list"]]},
}


@tagged("post_install", "-at_install")
class TestPooling(ReadersCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, groups in OTHERS.items():
            cls.org.login(login, groups)
        cls.users = cls.env["res.users"].search(
            [("company_id", "=", cls.company.id), ("login", "!=", False)]
        )

    def users_of(self, *logins):
        return self.users.filtered(lambda user: user.login in logins)

    def test_two_worlds_look_the_same_through_every_model(self):
        """All readable fields of all models, counts included, for each kind of login:
        nothing tells the two truths apart that publish the same rows."""
        twin = self.twin(self.truth)
        logins = ("studioboss", "cameraboss", "policy", "finance", "settings")
        seen = []
        for truth in (self.truth, twin):
            with self.world(truth), freeze_time("2026-02-02"):
                seen.append(
                    {
                        user.login: readable(self.env, user)
                        for user in self.users_of(*logins)
                    }
                )
        one, other = seen
        self.assertEqual(set(one), set(logins))
        for login, models in one.items():
            self.assertGreater(sum(found is not None for found in models.values()), 10)
            for name, found in models.items():
                with self.subTest(login=login, model=name):
                    self.assertEqual(found, other[login][name])

    def test_the_comparison_sees_a_shared_trace(self):
        """Positive control: one note on an employee, as careless software leaves."""
        [user] = self.users_of("officer")
        before = readable(self.env, user, skip=PLANE)
        with closing(self.cr.savepoint()):
            self.org.staff["Studio"][0].sudo().additional_note = "seen by a coach"
            after = readable(self.env, user, skip=PLANE)
        self.env.invalidate_all()
        self.assertNotEqual(before, after)

    def test_nothing_but_the_release_is_written(self):
        """Before and after starts and a publication every other table is the same:
        no message, follower, activity, attachment, sequence, event or log line."""
        own = {self.env[name]._table for name in (*PLANE, *vault_models(self.env))}
        before = self.tables(own)
        self.assertGreater(len(before), 100)
        self.assertIn("ir_sequence", before)
        self.assertIn("mail_message", before)
        self.take_part(self.truth)
        self.assertEqual(self.changed(before, own), set())
        self.assertTrue(self.publish().cell_ids)
        self.assertEqual(self.changed(before, own), set())
        # Positive control: what is written anywhere else is seen.
        self.org.departments["Office"].name = "Bureau"
        self.assertIn("hr_department", self.changed(before, own))

    def changed(self, before, own):
        """Return the tables that are not what they were."""
        now = self.tables(own)
        return {name for name in before.keys() | now if before.get(name) != now[name]}

    def tables(self, own):
        """Return a digest of each table of Odoo outside the vault and the plane."""
        # What waits for the end of the transaction is written first.
        self.cr.flush()
        self.cr.execute(
            SQL("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        )
        found = {}
        for (name,) in self.cr.fetchall():
            if name in own:
                continue
            self.cr.execute(
                SQL(
                    "SELECT count(*), md5(string_agg(%(row)s, '|' ORDER BY %(row)s))"
                    " FROM %(table)s t",
                    row=SQL("t::text"),
                    table=SQL.identifier(name),
                )
            )
            found[name] = self.cr.fetchone()
        return found

    def test_pages_of_all_managers_together_are_the_release(self):
        """Each row on the page of a manager is a row on the page of the council."""
        self.take_part(self.truth)
        release = self.publish()
        with freeze_time("2026-02-02"):
            everything = self.rows("council")
            pooled = set().union(*(self.rows(login) for login in BOSSES))
        self.assertTrue(pooled)
        self.assertLessEqual(pooled, everything)
        # Units that have a row, and no trait of people.
        units = release.cell_ids.filtered(lambda cell: cell.table == "tree")
        self.assertLessEqual(len(pooled), len(units) + 1)
        said = " ".join(pooled)
        for cell in release.cell_ids - units:
            if cell.table != "company":
                self.assertNotIn(cell.group_text, said)

    def rows(self, login):
        """Return the rows of the tables on a page as text, without their places."""
        page = html.fromstring(self.article(login))
        return {
            re.sub(r"\s+", " ", row.text_content()).strip()
            for row in page.xpath("//table//tr[td]")
        }

    def call(self, model, method, *ids, **values):
        """Call a method as the web client does; return the kind of answer."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": ids,
                        "kwargs": values,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        if "error" not in answer:
            return answer["result"]
        return answer["error"]["data"]["name"]

    @mute_logger("odoo.http")
    def test_no_call_of_a_manager_gets_through(self):
        """Counts, names, groups, lists and views: refused alike, row or no row."""
        self.take_part(self.truth)
        release = self.publish()
        ids = [release.id, 10**6]
        refused = {"odoo.exceptions.AccessError"}
        for login in ("studioboss", "cameraboss", "colleague", "settings"):
            self.authenticate(login, login.ljust(8, "x"))
            for model in PLANE:
                for method, values in CALLS.items():
                    with self.subTest(login=login, model=model, method=method):
                        self.assertIn(self.call(model, method, **values), refused)
                read = {self.call(model, "read", [one]) for one in ids}
                self.assertEqual(read, refused)
        self.authenticate("policy", "policy".ljust(8, "x"))
        self.assertEqual(self.call(MODELS[0], "search_count", domain=[]), 1)

    @mute_logger("odoo.http", "odoo.addons.web.controllers.export")
    def test_no_export_of_a_manager(self):
        self.take_part(self.truth)
        release = self.publish()
        allowed = self.env.ref("base.group_allow_export")
        for login in ("studioboss", "colleague", "policy"):
            self.users_of(login).sudo().group_ids |= allowed
            self.authenticate(login, login.ljust(8, "x"))
            answer = self.url_open(
                "/web/export/csv",
                data={
                    "data": json.dumps(
                        {
                            "model": "hr.career.release.cell",
                            "fields": [{"name": "shown", "label": "shown"}],
                            "ids": release.cell_ids.ids,
                            "domain": [],
                            "import_compat": False,
                        }
                    ),
                    "csrf_token": http.Request.csrf_token(self),
                },
            )
            with self.subTest(login):
                self.assertEqual(answer.status_code == 200, login == "policy")

    def test_no_field_anywhere_leads_to_a_figure(self):
        """No path of a domain, of a related field or of an export ends in the plane."""
        for name, model in self.env.items():
            for field in model._fields.values():
                if name in PLANE or name == "hr.career.release.job":
                    continue
                self.assertNotIn(field.comodel_name, PLANE, f"{name}.{field.name}")
                self.assertFalse(
                    set(str(field.related or "").split(".")) & {"cell_ids", "shown"}
                )

    def test_the_log_names_nobody(self):
        self.take_part(self.truth)
        with self.assertLogs("odoo.addons.hr_career_focus_reports", "DEBUG") as caught:
            self.publish()
        said = "\n".join(caught.output)
        self.assertIn("Uptake published", said)
        for employee in self.org.employees:
            self.assertNotIn(employee.name, said)
        self.assertEqual(len(caught.output), 1)


@tagged("post_install", "-at_install")
class TestProofTellsNothing(ReadersCase):
    """Proving again is a question that anybody with the button may ask every day."""

    def setUp(self):
        super().setUp()
        self.other_truth = self.twin(self.truth)
        self.take_part(self.truth)
        self.release = self.publish()
        self.answer = self.prove()

    def prove(self):
        user = self.env["res.users"].search([("login", "=", "council")])
        with freeze_time("2026-01-16"):
            return self.release.with_user(user)._prove()

    def test_the_same_answer_in_both_worlds(self):
        self.assertTrue(self.answer["holds"])
        with vault(self.env) as inside:
            inside[TRAJECT].search([("company_id", "=", self.company.id)]).unlink()
        self.take_part(self.other_truth)
        self.assertEqual(self.prove(), self.answer)

    def test_the_same_answer_when_somebody_is_gone(self):
        """Whoever deletes the own case afterwards is not told on by the button."""
        with vault(self.env) as inside:
            refs = inside[TRAJECT].search([("company_id", "=", self.company.id)]).ids
        self.assertEqual(len(refs), len(self.truth))
        for number in refs:
            with closing(self.cr.savepoint()):
                with vault(self.env) as inside:
                    Dossier(inside[TRAJECT].browse(number)).shred()
                with self.subTest(number=number):
                    self.assertEqual(self.prove(), self.answer)
            self.env.invalidate_all()

    def test_the_same_answer_when_somebody_comes(self):
        for employee in self.org.staff["Camera"]:
            with closing(self.cr.savepoint()):
                self.org.start(employee, date(2025, 12, 1))
                with self.subTest(employee=employee.name):
                    self.assertEqual(self.prove(), self.answer)
            self.env.invalidate_all()

    def test_no_answer_for_a_manager(self):
        for login in ("studioboss", "cameraboss"):
            user = self.env["res.users"].search([("login", "=", login)])
            with freeze_time("2026-01-16"), self.assertRaises(AccessError):
                self.release.with_user(user)._prove()
