"""Nothing else in Odoo may be about a confidential model: it cannot be saved."""

from odoo.exceptions import UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG

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

    def test_its_own_rules_and_rights_are_not_deleted(self):
        """They go with the addon, and with nothing else. The control is another's."""
        for model in (self.env["ir.rule"], self.env["ir.model.access"]):
            own = model.search([("model_id.model", "=", CLOSED)], limit=1)
            other = model.search([("model_id.model", "=", "res.users")], limit=1)
            with self.subTest(model=model._name):
                for rows in (own, own + other):
                    with self.assertRaises(ValidationError):
                        rows.unlink()
                other.unlink()
                own.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
                self.assertFalse((own + other).exists())

    def test_manual_field_turned_towards_one_later(self):
        """The control is turned to another open model."""
        Fields = self.env["ir.model.fields"]
        partner = self.env["ir.model"]._get_id(OPEN)
        values = {"name": "x_a", "model_id": partner, "ttype": "many2one"}
        field = Fields.create({**values, "relation": "res.users"})
        self.addCleanup(field.unlink)
        with self.assertRaises(ValidationError):
            field.write({"relation": CLOSED})
        field.write({"relation": "res.company"})
        self.assertEqual(field.relation, "res.company")

    def test_path_of_a_manual_field(self):
        """A path is followed to its end, or to where it stops."""
        along = self.env["ir.model.fields"]._models_along
        self.assertEqual(
            along("hr.career.entry", " traject_id.coach_id.user_id.login"),
            {CLOSED, "hr.career.coach", "res.users"},
        )
        self.assertEqual(along(OPEN, "user_ids.x_nothing.name"), {"res.users"})
        self.assertEqual(along(OPEN, False), set())

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
