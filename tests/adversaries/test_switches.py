"""Each layer alone keeps records closed; with both off the attacks get through."""

from contextlib import contextmanager

import attacks
from adversary_case import AdversaryCase
from without import guard_taken_out

from odoo.tests import tagged

from odoo.addons.hr_career_focus.vault import scope

LOGINS = ("everything", "manager", "colleague", "other_coach")
#: Calls that ask for records, and so need an access row and pass the record rules.
RECORDS = (
    "search",
    "search_read",
    "search_count",
    "read",
    "web_read",
    "web_search_read",
    "name_search",
    "formatted_read_group",
    "web_read_group",
    "write",
    "unlink",
)
#: Calls that ask for none; some of these only the guard refuses.
OTHERS = ("export_data", "get_metadata", "onchange", "load", "default_get")


@tagged("post_install", "-at_install")
class TestSwitches(AdversaryCase):
    @contextmanager
    def guard_off(self):
        """Without the methods with which the mixin stands before Odoo's own."""
        self.is_guarded = False
        with guard_taken_out():
            yield
        self.is_guarded = True

    @contextmanager
    def rights_and_rules_off(self):
        """Every right to everybody on every confidential model, and no rule at all."""
        with scope.opened():
            for name in self.models:
                model_id = self.env["ir.model"]._get_id(name)
                for group in ("base.group_user", "base.group_portal"):
                    self.env["ir.model.access"].create(
                        {
                            "name": "all",
                            "model_id": model_id,
                            "group_id": self.env.ref(group).id,
                            "perm_read": True,
                            "perm_write": True,
                            "perm_create": True,
                            "perm_unlink": True,
                        }
                    )
            rules = self.env["ir.rule"].search([("model_id.model", "in", self.models)])
            self.assertGreaterEqual(len(rules), len(self.models))
            rules.active = False
        self.env.flush_all()
        yield

    def attack(self, calls):
        """Return what gets out over remote calls, over addresses, and over pages."""
        return {
            "calls": attacks.matrix(self, LOGINS, calls),
            "addresses": attacks.addresses(self, ("everything", "colleague")),
            "pages": attacks.pages(self, LOGINS),
        }

    NOTHING = {"calls": [], "addresses": [], "pages": []}

    def test_rights_and_rules_off(self):
        """The guard alone."""
        with self.rights_and_rules_off():
            self.assertEqual(self.attack((*RECORDS, *OTHERS)), self.NOTHING)

    def test_24_rules_off_by_sql(self):
        """Every rule of the database: an outsider reads nothing, a coach the own."""
        self.env.cr.execute("UPDATE ir_rule SET active = false")
        self.env.invalidate_all()
        self.env.registry.clear_all_caches()
        calls = ("search_read", "web_read", "search_count", "write")
        self.assertEqual(attacks.matrix(self, LOGINS, calls), [])
        self.login("coach")
        answer = self.call("hr.career.traject", "search_read", [[], ["ref"]])
        self.assertEqual([one["ref"] for one in answer["result"]], [self.ref])

    def test_guard_off(self):
        """Access rows and global rules alone, on calls that ask for records."""
        with self.guard_off():
            self.assertEqual(self.attack(RECORDS), self.NOTHING)

    def test_guard_off_on_what_asks_for_no_record(self):
        """Odoo asks no right for some of these: the guard alone refuses them.

        What they then say holds no word: the number asked with, a fresh reference.
        """
        with self.guard_off():
            found = attacks.matrix(self, LOGINS, OTHERS)
        asked = [number for ids in self.ids.values() for number in ids]
        self.assertEqual(
            [one for one in found if self.leak(one[2], *asked, named=True)], []
        )
        answered = {
            where.rsplit(".", 1)[1]
            for _login, where, what in found
            if isinstance(what, str)  # and no error
        }
        self.assertEqual(answered, {"default_get", "get_metadata", "load"})

    def test_both_off(self):
        """The suite can fail: each confidential model gets out, to each login."""
        with self.rights_and_rules_off(), self.guard_off():
            found = attacks.matrix(self, LOGINS, ("search_read", "web_read"))
            self.assertEqual({login for login, *_rest in found}, set(LOGINS))
            reached = {where.rsplit(".", 1)[0] for _login, where, _what in found}
            self.assertEqual(reached, set(self.models))
            self.assertTrue(attacks.addresses(self, ("manager",)))

    def test_pages_can_fail(self):
        """The attack on pages finds the words where they may be read."""
        found = attacks.pages(self, ("victim", "coach"))
        self.assertEqual({login for login, *_rest in found}, {"victim", "coach"})
