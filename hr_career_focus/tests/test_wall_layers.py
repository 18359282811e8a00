"""Each layer of the wall stops an outsider while the other layers are switched off."""

import base64
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from ..casework import CoachDoor, DeskDoor, KeyDoor, approvals
from ..casework import constants as c
from ..casework.errors import NotYours
from ..casework.opening import Dossier, find, vault
from ..models.vault_mixin import CareerVaultMixin
from ..vault import scope
from ..vault.errors import KeyMissing
from ..vault.inventory import vault_models
from .common import NOW, CareerCase
from .retention_case import leave_retention_rows

#: Every way to read a model that Odoo offers to a remote call.
READERS = {
    "search": lambda model, ids: model.search([("id", "in", ids)]).ids,
    "search_read": lambda model, ids: model.search_read([], ["ref"]),
    "search_count": lambda model, ids: model.search_count([]),
    "read": lambda model, ids: model.browse(ids).read(["ref"]),
    "attribute": lambda model, ids: model.browse(ids).mapped("ref"),
    "web_read": lambda model, ids: model.browse(ids).web_read({"ref": {}}),
    "web_search_read": lambda model, ids: model.web_search_read([], {"ref": {}}),
    "name_search": lambda model, ids: model.name_search(""),
    "display_name": lambda model, ids: model.browse(ids).mapped("display_name"),
    "formatted_read_group": lambda model, ids: model.formatted_read_group(
        [], ["ref"], ["__count"]
    ),
    "_read_group": lambda model, ids: model._read_group([], [], ["__count"]),
    "export_data": lambda model, ids: model.browse(ids).export_data(["ref"]),
    "get_metadata": lambda model, ids: model.browse(ids).get_metadata(),
    "exists": lambda model, ids: model.browse(ids).exists(),
    "copy": lambda model, ids: model.browse(ids).copy(),
    "default_get": lambda model, ids: model.default_get(["ref"]),
    "fields_get": lambda model, ids: model.fields_get(["ref"]),
    "load": lambda model, ids: model.load([".id"], [[str(ids[0])]]),
    "onchange": lambda model, ids: model.browse(ids).onchange({}, [], {"ref": {}}),
}
WRITERS = {
    "write": lambda model, ids: model.browse(ids).write({"ref": "x"}),
    "unlink": lambda model, ids: model.browse(ids).unlink(),
    "create": lambda model, ids: model.create({"ref": "x"}),
}


@tagged("post_install", "-at_install")
class TestWallLayers(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ref = cls.make_active()
        door = cls.employee_door()
        door.case(cls.ref).write(c.NOTE, c.SELF, {"text": cls.canary})
        cls.coach_door().case(cls.ref).view
        case = door.case(cls.ref)
        case.call_odd(case.view.openings[0].ref, cls.canary)
        door.remind(cls.users["victim"].email, 3)
        desk = cls.env_of("desk")
        approvals.ask(desk, cls.company, approvals.BULK, "", cls.canary, NOW)
        cls.company.career_personal_seal = True
        KeyDoor(cls.env_of("victim"), now=NOW).make("purple ladder wet sunday")
        cls.company.career_personal_seal = False
        leave_retention_rows(cls, door.case(cls.ref))
        cls.env["hr.career.budget"].create({"name": "Moves"})
        cls.models = vault_models(cls.env)
        with vault(cls.env) as inside:
            cls.ids = {name: inside[name].search([]).ids for name in cls.models}
        cls.env.invalidate_all()

    def attempt(self, model, call):
        """Return what a call gives away: None when it is refused or finds nothing."""
        self.env.invalidate_all()
        try:
            return call(model, self.ids[model._name]) or None
        except (AccessError, UserError) as error:
            self.assertNotIn(self.ref, str(error))
            return None

    def assert_closed(self, login, calls=READERS):
        for name in self.models:
            model = self.env_of(login)[name]
            for label, call in calls.items():
                with self.subTest(login=login, model=name, call=label):
                    self.assertIsNone(self.attempt(model, call))

    def test_fixture_has_something_to_find(self):
        self.assertGreaterEqual(len(self.models), 5)
        for name in self.models:
            self.assertTrue(self.ids[name], name)

    def test_positive_control_coach_and_desk_read_their_own(self):
        """What the ACL rows promise the assigned coach and the desk, they can do."""
        for login, name in (
            ("coach", "hr.career.traject"),
            ("desk", "hr.career.traject"),
            ("coach", "hr.career.entry"),
            ("desk", "hr.career.right.use"),
        ):
            model = self.env_of(login)[name]
            own = model.search([]).ids
            self.assertTrue(own)
            for label in ("search_read", "read", "web_read", "attribute"):
                with self.subTest(login=login, model=name, call=label):
                    self.env.invalidate_all()
                    self.assertTrue(READERS[label](model, own))

    def test_coach_sees_that_shared_entries_exist_and_no_others(self):
        entries = self.env_of("coach")["hr.career.entry"].search([])
        self.assertEqual(set(entries.mapped("audience")), {c.COACH})
        with self.assertRaises(AccessError):
            entries.read(["sealed"])

    def test_all_layers_together(self):
        for login in (*self.OUTSIDERS, "victim", "colleague"):
            self.assert_closed(login)
            self.assert_closed(login, WRITERS)

    def test_other_coach_reads_nothing(self):
        calls = {
            label: READERS[label]
            for label in READERS
            # An empty model's description and a default are no record.
            if label not in ("fields_get", "default_get", "exists")
        }
        for name in self.models:
            model = self.env_of("other_coach")[name]
            for label, call in calls.items():
                with self.subTest(model=name, call=label):
                    found = self.attempt(model, call)
                    self.assertFalse(self.ref in repr(found), found)
                    self.assertNotIn(str(self.ids[name][0]), repr(found))

    def test_nobody_writes_not_even_coach_and_desk(self):
        for login in ("coach", "other_coach", "desk"):
            self.assert_closed(login, WRITERS)

    def test_missing_and_forbidden_are_the_same_answer(self):
        for login in ("manager", "settings_admin", "other_coach", "desk", "coach"):
            model = self.env_of(login)["hr.career.entry"]
            answers = []
            forbidden = self.ids["hr.career.entry"][0]
            with vault(self.env) as inside:
                forbidden = (
                    inside["hr.career.entry"]
                    .search([("audience", "=", c.SELF)], limit=1)
                    .id
                )
            for number in (forbidden, 7):
                self.env.invalidate_all()
                with self.assertRaises(AccessError) as caught:
                    model.browse(number).read(["ref"])
                answers.append(str(caught.exception))
            self.assertEqual(answers[0], answers[1])

    # -- one layer at a time -----------------------------------------------------

    def guard_off(self):
        """Switch the guard off: every method as if the mixin had none of it."""
        return patch.object(CareerVaultMixin, "_guard_lifted", lambda self: True)

    def acl_off(self):
        """Give every internal and portal user every access right on the vault."""
        for name in self.models:
            model_id = self.env["ir.model"]._get(name).id
            for group in ("base.group_user", "base.group_portal"):
                with scope.opened():
                    self.env["ir.model.access"].create(
                        {
                            "name": "all",
                            "model_id": model_id,
                            "group_id": self.env.ref(group).id,
                            **dict.fromkeys(
                                (
                                    "perm_read",
                                    "perm_write",
                                    "perm_create",
                                    "perm_unlink",
                                ),
                                True,
                            ),
                        }
                    )

    def rules_off(self):
        """Archive the global rules."""
        rules = self.env["ir.rule"].search([("model_id.model", "in", self.models)])
        self.assertEqual(len(rules), len(self.models))
        with scope.opened():
            rules.active = False

    #: Calls that need a right to the model's records: stopped by ACL or rule.
    RECORDS = ("search", "search_read", "read", "web_read", "attribute", "name_search")

    def test_layer_1a_access_rows_alone(self):
        self.rules_off()
        with self.guard_off():
            for login in (*self.OUTSIDERS, "victim", "colleague"):
                self.assert_closed(login, {one: READERS[one] for one in self.RECORDS})

    def test_layer_1b_global_rules_alone(self):
        self.acl_off()
        with self.guard_off():
            for login in (*self.OUTSIDERS, "victim", "colleague", "other_coach"):
                self.assert_closed(login, {one: READERS[one] for one in self.RECORDS})
            self.assertTrue(
                self.attempt(
                    self.env_of("coach")["hr.career.traject"], READERS["search"]
                )
            )

    def test_layer_1b_is_a_ceiling(self):
        """A group rule that allows everything opens nothing."""
        self.acl_off()
        for name in self.models:
            with scope.opened():
                self.env["ir.rule"].create(
                    {
                        "name": "all",
                        "model_id": self.env["ir.model"]._get(name).id,
                        "groups": [(4, self.env.ref("base.group_system").id)],
                        "domain_force": "[(1, '=', 1)]",
                    }
                )
        with self.guard_off():
            self.assert_closed(
                "settings_admin", {one: READERS[one] for one in self.RECORDS}
            )

    def test_layer_2_guard_alone(self):
        self.acl_off()
        self.rules_off()
        for login in (*self.OUTSIDERS, "victim", "colleague"):
            self.assert_closed(login)
            self.assert_closed(login, WRITERS)
        self.test_other_coach_reads_nothing()
        self.test_positive_control_coach_and_desk_read_their_own()

    def test_layer_2_guard_against_superuser(self):
        """sudo(), the superuser's own login and another's name are refused too."""
        for env in (
            self.env(su=True),
            self.env_of("settings_admin")(su=True),
            self.env_of("coach")(su=True),
            self.env(user=1),
        ):
            for name in self.models:
                for label, call in {**READERS, **WRITERS}.items():
                    with self.subTest(env=env.uid, model=name, call=label):
                        self.assertIsNone(self.attempt(env[name], call))

    def test_layer_2_server_action(self):
        """Code of an administrator cannot open the scope; the control can run code."""
        for code in (
            "env['hr.career.traject'].sudo().search([]).read()",
            "env['hr.career.entry'].with_user(1).search([]).mapped('sealed')",
            "env['hr.career.traject'].with_context(scope=True).search([])",
            "env['hr.career.traject']._guard_readable()",
            "env['hr.career.housekeeping']._cron_end_aftercare().x",
            "env['hr.career.reminder'].sudo().search([]).read()",
        ):
            action = self.env["ir.actions.server"].create(
                {
                    "name": "x",
                    "state": "code",
                    "model_id": self.env["ir.model"]._get("res.partner").id,
                    "code": f"raise UserError(str({code}))",
                }
            )
            with (
                self.subTest(code),
                mute_logger("odoo.addons.base.models.ir_actions"),
                self.assertRaises(Exception) as caught,
            ):
                action.with_user(self.users["settings_admin"]).run()
            self.assertNotIn(self.ref, str(caught.exception))
            self.assertNotIn(
                str(self.ids["hr.career.traject"][0]), str(caught.exception)
            )
        control = action.copy({"code": "raise UserError('ran ' + str(env.uid))"})
        with self.assertRaisesRegex(UserError, "ran"):
            control.with_user(self.users["settings_admin"]).run()

    def test_layer_3_shape(self):
        """No chatter, no creator, no dates of creation, nothing that counts."""
        for name in self.models:
            model = self.env[name]
            self.assertFalse(
                {"mail.thread", "mail.activity.mixin", "portal.mixin"}
                & set(model.pool.models[name].__mro__[0]._inherit_children)
            )
            for banned in ("message_ids", "activity_ids", "access_token", "create_uid"):
                self.assertNotIn(banned, model._fields)
            self.env.cr.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = %s",
                [model._table],
            )
            columns = {row[0] for row in self.env.cr.fetchall()}
            self.assertFalse(
                columns & {"create_uid", "write_uid", "create_date", "write_date"}
            )
            self.assertEqual(model._rec_name, "ref")
        with vault(self.env) as inside:
            for name in self.models:
                for record in inside[name].search([]):
                    self.assertRegex(record.display_name, r"^[0-9a-f]{32}$")

    def test_layer_3_ids_do_not_count(self):
        numbers = sorted(self.ids["hr.career.entry"])
        self.assertGreater(max(numbers) - min(numbers), 10_000)
        self.env.cr.execute(
            "SELECT last_value, is_called FROM hr_career_traject_id_seq"
        )
        self.assertEqual(self.env.cr.fetchone(), (1, False))

    def test_layer_3_nothing_points_at_the_vault(self):
        """No field of any other model reaches a confidential one."""
        offenders = [
            f"{model}.{field.name}"
            for model, cls in self.env.registry.models.items()
            if model not in self.models
            for field in cls._fields.values()
            if field.comodel_name in self.models
            or any(
                self.env.registry[model]._fields.get(part)
                and self.env.registry[model]._fields[part].comodel_name in self.models
                for part in (field.related or "").split(".")[:1]
            )
        ]
        self.assertEqual(offenders, [])

    def test_layer_4_sealing_alone(self):
        """With SQL on every table: no name, no text, no finer date than a month."""
        person = self.people["victim"]
        banned = {self.canary, person.name, self.users["victim"].email}
        forms = {
            form
            for text in banned
            for form in (
                text,
                text.encode().hex(),
                base64.b64encode(text.encode()).decode().rstrip("="),
            )
        }
        for name in self.models:
            rows = self.env.execute_query(
                SQL("SELECT t::text FROM %s t", SQL.identifier(self.env[name]._table))
            )
            whole = "\n".join(row[0] for row in rows)
            self.assertTrue(whole)
            for form in forms:
                self.assertNotIn(form, whole)

    def test_layer_4_moved_and_altered_rows_do_not_open(self):
        """An audience changed in the table, or rows swapped, open nothing."""
        door = self.employee_door()
        self.assertEqual(door.case(self.ref).view.notes[0].fields["text"], self.canary)
        self.env.cr.execute(
            "UPDATE hr_career_entry SET audience = 'coach' WHERE kind = 'note'"
        )
        with self.assertRaises(UserError) as caught:
            self.coach_door().case(self.ref).view
        self.assertNotIn(self.canary, str(caught.exception))

    def test_layer_4_without_the_key(self):
        with (
            patch(
                "odoo.addons.hr_career_focus.casework.opening.load_keyring",
                side_effect=KeyMissing("The key file of the vault is missing."),
            ),
            self.assertRaisesRegex(UserError, "key file"),
        ):
            self.make_request("colleague")
        self.env.cr.execute("SELECT count(*) FROM hr_career_traject")
        self.assertEqual(self.env.cr.fetchone()[0], 1)

    def test_layer_4_shredding(self):
        with vault(self.env) as inside:
            Dossier(find(inside, self.ref, [])).shred()
        with self.assertRaises(UserError):
            self.employee_door().case(self.ref).view

    # -- the rest ----------------------------------------------------------------

    def test_cache_keeps_nothing(self):
        """What a door read is not left in the cache for others to find."""
        self.employee_door().case(self.ref).view
        for name in self.models:
            for field in self.env[name]._fields.values():
                if field.store:
                    self.assertFalse(
                        set(self.ids[name]) & set(field._get_cache(self.env)),
                        f"{name}.{field.name}",
                    )

    def test_scope_is_closed_after_an_error(self):
        with self.assertRaises(ZeroDivisionError), vault(self.env):
            raise ZeroDivisionError
        self.assertFalse(scope.is_open())

    def test_an_error_inside_changes_nothing(self):
        with self.assertRaises(ZeroDivisionError), vault(self.env) as inside:
            find(inside, self.ref, []).phase_self = True
            inside["hr.career.traject"].flush_model()
            raise ZeroDivisionError
        with vault(self.env) as inside:
            self.assertFalse(find(inside, self.ref, []).phase_self)

    def test_counting_models(self):
        models = self.env["ir.model"].with_user(self.users["settings_admin"])
        found = models.search([("model", "in", self.models)])
        self.assertEqual(set(found.mapped("count")), {0})
        control = models.search([("model", "=", "res.users")])
        self.assertTrue(control.count)

    def test_no_manual_fields_and_defaults(self):
        with self.assertRaises(ValidationError):
            self.env["ir.model.fields"].create(
                {
                    "name": "x_spy",
                    "model_id": self.env["ir.model"]._get("res.partner").id,
                    "ttype": "many2one",
                    "relation": "hr.career.traject",
                }
            )
        with self.assertRaises(ValidationError):
            self.env["ir.default"].set("hr.career.entry", "kind", "note")
        self.env["ir.default"].set("res.partner", "city", "Ghent")

    def test_doors_refuse_the_wrong_roles(self):
        for login in (*self.OUTSIDERS, "victim", "colleague"):
            for door in (CoachDoor, DeskDoor):
                with self.subTest(login), self.assertRaises(NotYours):
                    door(self.env_of(login))
        for login in ("colleague", "manager"):
            for ref in (self.ref, self.ref[:-1] + "0", "1", "", None):
                with self.subTest(login), self.assertRaises(NotYours):
                    self.employee_door(login).case(ref)
        with self.assertRaises(NotYours):
            self.coach_door("other_coach").case(self.ref)
        self.assertTrue(self.coach_door().case(self.ref).view)

    def test_desk_never_opens_content(self):
        view = self.desk_door().case(self.ref).view
        self.assertNotIn(self.canary, repr(view))
        self.assertEqual((view.notes, view.messages, view.sessions), ((), (), ()))
        self.assertIn(self.canary, repr(self.employee_door().case(self.ref).view))

    def test_coach_never_opens_what_the_employee_keeps(self):
        view = self.coach_door().case(self.ref).view
        self.assertEqual((view.notes, view.openings, view.outcome), ((), (), None))

    def test_desk_outside_its_mandate(self):
        with self.assertRaises(NotYours):
            self.desk_door(now=NOW.replace(year=2036))
        self.assertTrue(self.desk_door().inbox())

    def test_openings_are_logged_for_the_employee(self):
        later = NOW + timedelta(hours=2)
        for _times in range(3):
            self.coach_door(now=later).case(self.ref).view
        self.desk_door(now=later).case(self.ref).view
        openings = self.employee_door().case(self.ref).view.openings
        recent = {(one.role, one.times) for one in openings if one.at == later}
        self.assertEqual(recent, {("desk", 1), ("coach", 3)})
        self.assertLess(openings[-1].at, later)
