"""Recipes 1 to 8: the confidential models and what could point at them."""

import attacks
from adversary_case import AdversaryCase

from odoo.tests import tagged

from odoo.addons.hr_career_focus.casework.opening import vault

TRAJECT = "hr.career.traject"


#: One of each kind, and everybody whom the guard lets ask at all.
ASKING = (
    "everything",
    "settings_admin",
    "colleague",
    *attacks.ASKING,
    "coach_elsewhere",
)


@tagged("post_install", "-at_install")
class TestModels(AdversaryCase):
    def test_the_cast_has_something_to_find(self):
        """Every confidential model has rows, and the vault knows words to look for."""
        self.assertGreaterEqual(len(self.models), 5)
        for name in self.models:
            self.assertTrue(self.ids[name], name)
        self.assertGreater(len(self.secrets()), 20)
        self.assertGreater(len(self.everyone), 18)

    def test_positive_control(self):
        """The coach and the desk read over the same calls; the pages show the words."""
        for login in ("coach", "desk"):
            self.login(login)
            for method in ("search_read", "web_search_read", "search_count"):
                args, kwargs = attacks.MATRIX[method](self.ids[TRAJECT])
                answer = self.call(TRAJECT, method, args, kwargs)
                self.assertTrue(self.given(answer), answer)
        self.assertTrue(self.leak(self.call(TRAJECT, "search_read", [[], ["ref"]])))
        self.login("victim")
        self.assertIn(self.canary, self.visit(f"/my/focus/file/{self.ref}").text)
        self.login("coach")
        self.assertIn(self.canary, self.visit(f"/focus/coach/{self.ref}").text)

    def test_01_matrix(self):
        found = attacks.matrix(self, self.everyone)
        self.assertEqual(found, [])

    def test_01_owner_has_no_way_around_the_door(self):
        """The owner reads pages; the models are closed to a portal login as to all."""
        self.assertEqual(attacks.matrix(self, ["victim"]), [])

    def test_02_missing_is_forbidden(self):
        """The same class, words and status for a row that is there and one that is not,
        also for the coach of the case where a field is closed, and for the desk."""
        for login in (*ASKING, "coach", "desk"):
            self.login(login)
            for model in self.models:
                for method in (
                    "read",
                    "web_read",
                    "write",
                    "unlink",
                    "has_access",
                    "get_metadata",
                    "export_data",
                    "copy",
                    "onchange",
                    "load",
                    "web_save",
                ):
                    answers = set()
                    closed = self.closed_ids(login, model)
                    for ids in (closed, [99999]) if closed else ():
                        args, kwargs = attacks.MATRIX[method](ids)
                        answer = self.call(model, method, args, kwargs)
                        answers.add(attacks.essence(answer))
                    with self.subTest(login=login, model=model, method=method):
                        self.assertLessEqual(len(answers), 1, answers)

    def closed_ids(self, login, model):
        """Rows the login may not see: all of them, for an outsider."""
        if login in self.everyone:
            return self.ids[model][:1]
        mine = self.call(model, "search", [[]]).get("result", ())
        return [one for one in self.ids[model] if one not in mine][:1]

    def test_03_debug_text(self):
        """With debug on, an error names no record, no rule and no word."""
        names = self.rule_names()
        for login in ("manager", "settings_admin", "hr_manager", "colleague"):
            self.login(login)
            for turn in ("0", "1", "assets"):
                self.visit(f"/odoo?debug={turn}")
                for model in self.models:
                    for method in ("read", "write", "unlink", "search"):
                        args, kwargs = attacks.MATRIX[method](self.ids[model])
                        answer = self.call(
                            model, method, args, kwargs, query=f"?debug={turn}"
                        )
                        self.assertTrue(self.refused(answer), answer)
                        data = answer["error"]["data"]
                        said = data["message"] + data["debug"]
                        self.assertEqual(self.leak(said, named=True), "")
                        for rule in names:
                            self.assertNotIn(rule, said)
            self.visit("/odoo?debug=0")

    def rule_names(self):
        rules = self.env["ir.rule"].search([("model_id.model", "in", self.models)])
        self.assertTrue(rules)
        return rules.mapped("name")

    def test_04_relation_inventory(self):
        """No field of an open model points at, follows or depends on a closed one."""
        self.assertEqual(self.relations(), [])

    def test_04_positive_control(self):
        """The inventory sees the relations inside the vault."""
        models, self.models = self.models, [TRAJECT]
        self.assertIn("hr.career.entry.traject_id", self.relations())
        self.models = models

    def relations(self):
        registry = self.env.registry
        closed = set(self.models)
        found = []
        for name, model in registry.models.items():
            if name in closed:
                continue
            for field in model._fields.values():
                path = (field.related or "").split(".")
                if (
                    field.comodel_name in closed
                    or self.passes(name, path, closed)
                    or any(
                        self.passes(name, depends.split("."), closed)
                        for depends in field.get_depends(self.env[name])[0]
                    )
                ):
                    found.append(f"{name}.{field.name}")
        return found

    def passes(self, name, path, closed):
        """Whether a dotted path goes through a confidential model."""
        model = self.env[name]
        for part in path:
            field = model._fields.get(part)
            if field is None or not field.comodel_name:
                return False
            if field.comodel_name in closed:
                return True
            model = self.env[field.comodel_name]
        return False

    def test_05_nothing_to_search_along(self):
        """The searches that go around rules find no person: no field leads there.

        Each x2many of people is searched in the ways that skip the rules of what it
        points at; the answer is the same for who has a case and who has none.
        """
        self.people["victim"].category_ids = self.tag = self.env[
            "hr.employee.category"
        ].create({"name": "Only the victim"})
        self.env.flush_all()
        for login in ("manager", "hr_officer", "everything"):
            self.login(login)
            found = {
                (name, field)
                for name, ids in self.both().items()
                for field in self.searchable(name)
                if any(
                    len(set(found) & set(ids)) == 1
                    for found in self.searched(name, field, ids)
                )
            }
            # Positive control: what the victim alone has is seen, in all the ways.
            tags = {(name, "category_ids") for name in ("hr.employee", "res.users")}
            self.assertEqual(found, set() if login == "manager" else tags, login)
            if login == "everything":
                ids = self.both()["hr.employee"]
                ways = list(self.searched("hr.employee", "category_ids", ids))
                self.assertEqual(sum(len(one) == 1 for one in ways), len(ways) - 2)

    def both(self):
        """Return the ids of one who has a case and of one who has none."""
        pair = ("victim", "colleague")
        return {
            "res.partner": [self.users[one].partner_id.id for one in pair],
            "res.users": [self.users[one].id for one in pair],
            "hr.employee": [self.people[one].id for one in pair],
        }

    def searchable(self, name):
        return [
            field.name
            for field in self.env[name]._fields.values()
            if field.type in ("one2many", "many2many") and field._description_searchable
        ]

    def searched(self, name, field, ids):
        """Yield what each way to search along a field finds of ``ids``."""
        numbers = [number for some in self.ids.values() for number in some[:2]]
        numbers.append(self.tag.id)
        for active_test in (True, False):
            for leaf in (
                (field, "!=", False),
                (field, "=", numbers[0]),
                (field, "=", numbers[-1]),
                (field, "in", numbers),
                (field, "not any", []),
            ):
                answer = self.call(
                    name,
                    "search",
                    [[("id", "in", ids), leaf]],
                    {"context": {"active_test": active_test}},
                )
                yield answer.get("result") or []

    def test_06_many2one_by_number(self):
        """Fields that take any model and number do not show a confidential name."""
        fields = [
            (name, field)
            for name, model in self.env.registry.models.items()
            if not model._abstract
            for field in model._fields.values()
            if field.type in ("reference", "many2one_reference")
        ]
        self.assertGreater(len(fields), 20)
        partner = self.users["victim"].partner_id
        for login in ("manager", "settings_admin", "everything"):
            self.login(login)
            shown = 0
            for turn, (name, field) in enumerate(fields):
                confidential = self.models[turn % len(self.models)]
                for model in {TRAJECT, confidential}:
                    number = self.ids[model][0]
                    values, spec = self.pointing(field, model, number)
                    for method, args in (
                        ("onchange", [[], values, list(values), spec]),
                        ("web_save", [[], values, spec]),
                    ):
                        answer = self.call(name, method, args)
                        leak = self.leak(answer, number, named=True)
                        with self.subTest(login=login, field=str(field)):
                            self.assertEqual(leak, "")
                values, spec = self.pointing(field, "res.partner", partner.id)
                answer = self.call(name, "onchange", [[], values, list(values), spec])
                shown += partner.name in str(answer)
            # Positive control: the name of an open record is shown.
            self.assertGreater(shown, 0, login)

    def pointing(self, field, model, number):
        if field.type == "reference":
            values = {field.name: f"{model},{number}"}
            return values, {field.name: {"fields": {"display_name": {}}}}
        values = {field.model_field: model, field.name: number}
        return values, {field.name: {}, "display_name": {}}

    def test_07_display_names(self):
        for name in self.models:
            for record in self.names(name):
                self.assertRegex(record, r"^[0-9a-f]{32}$", name)

    def names(self, name):
        with vault(self.env) as inside:
            return inside[name].search([]).mapped("display_name")
