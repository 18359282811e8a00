"""The first crawler: all that registry and routing map hold, and nothing comes out."""

from collections import Counter

import attacks
import crawl
from adversary_case import AdversaryCase

from odoo.tests import tagged

#: Whoever sees most, and one of each kind of login. The second crawl reads, and looks
#: for the same words, as the others.
READERS = ("settings_admin", "other_coach")
CALLERS = (
    "everything",
    "settings_admin",
    "manager",
    "colleague",
    "other_coach",
    "desk_elsewhere",
    "privacy_officer",
    "works_council",
)
VISITORS = ("everything", "manager", "colleague", "other_coach", None)
#: Who sends forms as well: whoever may do most, a portal user, and nobody.
SENDERS = ("everything", "colleague", None)


@tagged("post_install", "-at_install")
class TestCrawl(AdversaryCase):
    def test_every_model_and_field(self):
        """Nobody reads a word, a number or a reference of the vault in any model."""
        found, rows = [], {}
        for login in READERS:
            self.login(login)
            for model in crawl.open_models(self):
                read = crawl.readable_rows(self, model)
                rows[login] = rows.get(login, 0) + len(read)
                if leak := self.leak(read):
                    found.append((login, model, leak))
        self.assertEqual(found, [])
        # Positive control: they do read a great deal.
        self.assertGreater(min(rows.values()), 1000)
        self.assertGreater(rows["settings_admin"], 3000)

    def test_every_public_method_of_a_confidential_model(self):
        self.assertEqual(attacks.every_method(self, CALLERS), [])

    def test_every_public_method_of_our_open_models(self):
        """Neither do the methods of our own models, wizards included, tell of it."""
        found = []
        ours = [
            name
            for name, model in self.env.registry.models.items()
            if name.startswith("hr.career.")
            and not model._abstract
            and name not in self.models
        ]
        self.assertGreater(len(ours), 10)
        for login in ("everything", "manager", "colleague", "other_coach"):
            self.login(login)
            for name in ours:
                model = self.env[name]
                ids = self.call(name, "search", [[]], {"limit": 3}).get("result") or []
                for method, without_ids in attacks.public_methods(model).items():
                    if method in crawl.CHANGING:
                        continue
                    args, kwargs = attacks.guessed(model, method, without_ids, ids)
                    if leak := self.leak(self.call(name, method, args, kwargs)):
                        found.append((login, f"{name}.{method}", leak))
        self.assertEqual(found, [])

    def test_every_method_that_takes_a_model(self):
        """Search panels, chatter, exports, templates...: given a confidential model."""
        methods = crawl.takes_a_model(self.env)
        self.assertGreater(len(methods), 20)
        found = []
        for login in CALLERS[:5]:
            self.login(login)
            for model in self.models:
                number = self.ids[model][0]
                for name, method, without_ids, parameters in methods:
                    args, kwargs = crawl.filled(parameters, without_ids, model, number)
                    answer = self.call(name, method, args, kwargs)
                    if leak := self.leak(answer, number):
                        found.append((login, f"{name}.{method}({model})", leak))
        self.assertEqual(found, [])

    def test_every_address(self):
        """Each address there is, filled with a real number, reference and model.

        Forms are posted as well, with the token a page of the session has.
        """
        model = "hr.career.entry"
        number = self.ids[model][0]
        addresses = crawl.addresses(self, number, self.ref, model)
        kinds = Counter((kind, method) for _path, kind, method in addresses)
        self.assertGreater(min(kinds[one] for one in self.KINDS), 100, kinds)
        found, answers = [], Counter()
        for login in VISITORS:
            self.login(login)
            # What is sent may stay in the session (a choice, a way back): for nobody.
            self.addCleanup(self.forget_session, login)
            # A visit to one address may end what the next one needs.
            self.token = self.csrf() if login else ""
            for path, kind, method in addresses:
                if (kind, method) == ("http", "POST") and login not in SENDERS:
                    continue
                answer = self.try_address(path, kind, method, model, number)
                answers[method, answer.status_code] += 1
                known = (number, self.ref)
                ours = "/focus" in path
                if leak := self.leak(answer.text, *known, named=ours):
                    found.append((self.who, method, path, leak))
        self.assertEqual(found, [])
        # Positive control: forms got past their first check, and were answered.
        self.assertGreater(answers["POST", 200], 100, answers)

    KINDS = (("http", "GET"), ("http", "POST"), ("jsonrpc", "POST"))

    def try_address(self, path, kind, method, model, number):
        params = {
            "model": model,
            "res_model": model,
            "thread_model": model,
            "res_id": number,
            "thread_id": number,
            "id": number,
            "field": "sealed",
        }
        if kind != "http":
            return self.visit(path, json={"params": params})
        if method == "GET":
            return self.visit(path)
        form = {**params, "ref": self.ref, "csrf_token": self.token}
        return self.visit(path, data=form)
