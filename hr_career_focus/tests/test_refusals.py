"""Nothing else in Odoo may be about a confidential model: it cannot be saved."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from ..models.refusals import OF_THE_REGISTRY, names_a_model
from ..vault.inventory import vault_models

OPEN = "res.partner"
CLOSED = "hr.career.traject"


@tagged("post_install", "-at_install")
class TestRefusals(TransactionCase):
    """Each kind is refused on a confidential model and saved on an open one."""

    def kinds(self, model):
        """Return ``{model to create: values}`` of everything about ``model``."""
        model_id = self.env["ir.model"]._get_id(model)
        field = self.env["ir.model.fields"]._get(model, "display_name")
        return {
            "ir.rule": {"name": "x", "model_id": model_id},
            "ir.model.access": {
                "name": "x",
                "model_id": model_id,
                "group_id": self.env.ref("base.group_system").id,
                "perm_read": True,
            },
            "ir.actions.server": {
                "name": "x",
                "model_id": model_id,
                "state": "code",
                "code": "pass",
            },
            "ir.filters": {"name": "x", "model_id": model, "domain": "[]"},
            "ir.default": {"field_id": field.id, "json_value": '"x"'},
            "ir.exports": {"name": "x", "resource": model},
            "ir.actions.report": {"name": "x", "model": model, "report_name": "x.y"},
            "mail.template": {"name": "x", "model_id": model_id},
            "mail.activity.type": {"name": "x", "res_model": model},
            "mail.message": {"model": model, "res_id": 1, "body": "x"},
            "ir.attachment": {"name": "x", "res_model": model, "raw": b"x"},
            "calendar.event": {
                "name": "x",
                "start": "2026-01-01",
                "stop": "2026-01-01",
                "res_model_id": model_id,
            },
        }

    def installed(self, model):
        return {
            kind: values
            for kind, values in self.kinds(model).items()
            if kind in self.env
        }

    def test_created(self):
        """Refused on a confidential model, as administrator and as superuser."""
        admin = self.env(user=self.env.ref("base.user_admin").id)
        self.assertGreaterEqual(len(self.installed(CLOSED)), 11)
        for env in (self.env, admin):
            for kind, values in self.installed(CLOSED).items():
                with self.subTest(kind=kind, user=env.uid):
                    # A message is stopped by the guard before it comes to that.
                    with self.assertRaises(UserError) as caught:
                        env[kind].create(values)
                    if kind != "mail.message":
                        self.assertIn("confidential record", str(caught.exception))

    def test_positive_control_created_on_an_open_model(self):
        for kind, values in self.installed(OPEN).items():
            with self.subTest(kind=kind):
                self.assertTrue(self.env[kind].create(values))

    def test_turned_towards_one_later(self):
        for kind, values in self.installed(CLOSED).items():
            record = self.env[kind].create(self.installed(OPEN)[kind])
            names = [name for name in values if names_a_model(record._fields[name])]
            self.assertTrue(names, kind)
            with self.subTest(kind=kind), self.assertRaises(ValidationError):
                record.write({name: values[name] for name in names})

    def test_every_confidential_model(self):
        for name in vault_models(self.env):
            with self.subTest(name), self.assertRaises(ValidationError):
                self.env["ir.filters"].create(self.kinds(name)["ir.filters"])

    def test_its_own_rules_and_rights_stay_as_they_are(self):
        """Neither switched off nor widened. The control is another model's."""
        Rule, Access = self.env["ir.rule"], self.env["ir.model.access"]
        for model, values in (
            (Rule, {"active": False}),
            (Rule, {"domain_force": "[(1, '=', 1)]"}),
            (Access, {"perm_write": True}),
            (Access, {"group_id": self.env.ref("base.group_user").id}),
        ):
            own = model.search([("model_id.model", "=", CLOSED)], limit=1)
            other = model.search([("model_id.model", "=", "res.users")], limit=1)
            with self.subTest(model=model._name, **values):
                with self.assertRaises(ValidationError):
                    own.write(values)
                other.write(values)

    def test_default_set_the_usual_way(self):
        with self.assertRaises(ValidationError):
            self.env["ir.default"].set(CLOSED, "kind", "own_right")
        self.env["ir.default"].set(OPEN, "city", "Ghent")

    def test_every_kind_there_is(self):
        """What can name a model is found in the registry, not in a list."""
        found = {
            name
            for name, model in self.env.registry.models.items()
            if not model._abstract and self.env[name]._career_pointing()
        }
        self.assertLessEqual(set(self.installed(OPEN)) - OF_THE_REGISTRY, found)
        self.assertFalse(found & OF_THE_REGISTRY)
        self.assertGreater(len(found), 25)
