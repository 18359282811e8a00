"""Odoo's own tools give published cells, and never a sum over rounded ones."""

import io
import json
from datetime import date, timedelta

from openpyxl import load_workbook

from odoo import fields, http
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, freeze_time, tagged
from odoo.tools import mute_logger

from .common import Organisation

NUMBERS = {
    "hr.career.release": ("year",),
    "hr.career.release.cell": (
        "headcount",
        "shown",
        "low",
        "high",
        "depth",
        "unit",
        "parent",
        "sequence",
    ),
    "hr.career.release.unit": ("year", "unit", "parent"),
    "hr.career.spending": ("year",),
    "hr.career.spending.row": (
        "headcount",
        "price",
        "shown",
        "low",
        "high",
        "amount",
        "budget",
        "sequence",
    ),
}
AGGREGATORS = (
    "sum",
    "avg",
    "max",
    "min",
    "array_agg",
    "array_agg_distinct",
    "count_distinct",
)
READERS = {
    "policy": "hr_career_focus.group_policy,base.group_allow_export",
    "council": "base.group_user,hr_career_focus.group_works_council,"
    "base.group_allow_export",
    "portalcouncil": "base.group_portal,hr_career_focus.group_works_council",
    "administrator": "hr_career_focus.group_policy,base.group_system,"
    "base.group_erp_manager",
}
REFUSED = "not added up"
CELL = "hr.career.release.cell"


@tagged("post_install", "-at_install")
class TestReleaseTools(HttpCase):
    """Policy, works council and an administrator who reads, with every tool they have.

    The administrator alone reads no figure; here that login has the policy role too.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.org = Organisation(
            cls.env, "Omroep De Waal", {"Office": 45, "Studio": 30, "Camera": 24}
        )
        cls.org.start(cls.org.staff["Office"][:14], date(2025, 3, 1))
        cls.env["hr.career.release.unit"]._of_year(cls.org.company, 2025)
        with freeze_time("2026-01-15"):
            cls.release = cls.org.publish(2025)
        cls.users = {
            login: cls.org.login(login, groups) for login, groups in READERS.items()
        }

    def rpc(self, model, method, *args, **kwargs):
        """Call a method as the web client does; return its answer or its refusal."""
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "jsonrpc": "2.0",
                    "params": {
                        "model": model,
                        "method": method,
                        "args": args,
                        "kwargs": kwargs,
                    },
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        return answer.get("result"), answer.get("error", {}).get("data", {})

    def test_no_aggregate_for_anybody(self):
        """Every way to aggregate, over every number, for each reader and superuser."""
        for user in (*self.users.values(), self.env.ref("base.user_root")):
            for name, numbers in NUMBERS.items():
                model = self.env[name].with_user(user)
                self.assertIsInstance(
                    model.formatted_read_group([], [], ["__count"])[0]["__count"], int
                )
                for number in numbers:
                    for aggregator in AGGREGATORS:
                        with (
                            self.subTest(user=user.login, model=name, number=number),
                            self.assertRaisesRegex(UserError, REFUSED),
                        ):
                            model.formatted_read_group(
                                [], [], [f"{number}:{aggregator}"]
                            )

    def test_no_aggregate_by_a_side_door(self):
        """In the order of groups, in a condition on them, in sets, in old and new."""
        cells = self.env[CELL].with_user(self.users["policy"])
        total = "shown:sum"
        doors = {
            "order": lambda: cells.formatted_read_group(
                [], ["table"], ["__count"], order=f"{total} desc"
            ),
            "having": lambda: cells.formatted_read_group(
                [], ["table"], ["__count"], having=[(total, ">", 1)]
            ),
            "sets": lambda: cells.formatted_read_grouping_sets(
                [], [["table"], []], [total]
            ),
            "web": lambda: cells.web_read_group([], ["table"], [total]),
            "tuples": lambda: cells._read_group([], ["table"], [total]),
            "nothing found": lambda: cells._read_group([("id", "=", 0)], [], [total]),
        }
        for door, through in doors.items():
            with self.subTest(door), self.assertRaisesRegex(UserError, REFUSED):
                through()
        with mute_logger("odoo.orm.models"), self.assertRaises(UserError):
            cells.read_group([], ["shown:sum"], ["table"])

    def test_groups_are_made_of_published_rows(self):
        """What is not refused gives the rows themselves, and how many there are."""
        for user in self.users.values():
            cells = self.env[CELL].with_user(user)
            published = self.release.cell_ids
            groups = cells.formatted_read_group(
                [("release_id", "=", self.release.id)],
                ["table"],
                ["__count", "id:array_agg"],
            )
            self.assertEqual(
                {group["table"]: group["__count"] for group in groups},
                {
                    table: len(rows)
                    for table, rows in published.grouped("table").items()
                },
            )
            self.assertEqual(
                sorted(one for group in groups for one in group["id:array_agg"]),
                sorted(published.ids),
            )
            opened = cells.web_read_group(
                [("release_id", "=", self.release.id)],
                ["table"],
                auto_unfold=True,
                unfold_read_specification={"shown": {}},
            )
            self.assertEqual(
                sorted(
                    row["shown"]
                    for group in opened["groups"]
                    for row in group["__records"]
                ),
                sorted(published.mapped("shown")),
            )

    def test_no_number_offers_itself_as_a_measure(self):
        """No aggregator on any field of a frozen model, today's or tomorrow's."""
        frozen = [
            model
            for model in self.env.values()
            if isinstance(model, self.registry["hr.career.write.once"])
        ]
        self.assertLessEqual(set(NUMBERS), {model._name for model in frozen})
        for model in frozen:
            for name, described in model.fields_get().items():
                with self.subTest(model=model._name, field=name):
                    self.assertFalse(described.get("aggregator"))

    def test_no_pivot_and_no_graph(self):
        """Neither by an address, nor by a view an administrator makes."""
        cells = self.env[CELL].with_user(self.users["policy"])
        for view in ("pivot", "graph"):
            made = self.env["ir.ui.view"].create(
                {
                    "name": "Added up",
                    "model": CELL,
                    "type": view,
                    "arch": f"<{view}><field name='shown' type='measure'/></{view}>",
                }
            )
            for asked in (False, made.id):
                with self.assertRaisesRegex(UserError, "no pivot table and no graph"):
                    cells.get_views([(asked, view)])
                with self.assertRaisesRegex(UserError, "no pivot table and no graph"):
                    cells.get_view(asked, view)
        self.assertIn(
            "<list", cells.get_views([(False, "list")])["views"]["list"]["arch"]
        )
        for action in self.env["ir.actions.act_window"].search(
            [("res_model", "in", list(NUMBERS))]
        ):
            self.assertLessEqual(set(action.view_mode.split(",")), {"list", "form"})

    def test_no_list_has_a_total(self):
        """Views, of the product or made later, name no sum in their columns."""
        for name in NUMBERS:
            for view in self.env["ir.ui.view"].search([("model", "=", name)]):
                for word in (" sum=", " avg=", 'type="measure"'):
                    self.assertNotIn(word, view.arch)

    @mute_logger("odoo.http")
    def test_refused_over_the_web_client(self):
        for login in self.users:
            if login == "portalcouncil":
                continue
            self.authenticate(login, login.ljust(8, "x"))
            with self.subTest(login):
                for method, kwargs in (
                    ("formatted_read_group", {"groupby": ["table"]}),
                    ("web_read_group", {"groupby": ["table"]}),
                    ("formatted_read_grouping_sets", {"grouping_sets": [["table"]]}),
                ):
                    call = {"domain": [], **kwargs}
                    _none, refusal = self.rpc(
                        CELL, method, aggregates=["shown:sum"], **call
                    )
                    self.assertEqual(refusal["name"], "odoo.exceptions.UserError")
                    self.assertIn(REFUSED, refusal["message"])
                    rows, refusal = self.rpc(
                        CELL, method, aggregates=["__count"], **call
                    )
                    self.assertFalse(refusal)
                    self.assertTrue(rows)

    @mute_logger("odoo.http")
    def test_refused_over_json_2(self):
        """An outside program with a key reads rows, and gets no sum."""
        for login, user in self.users.items():
            key = (
                self.env["res.users.apikeys"]
                .with_user(user)
                ._generate("rpc", "report", fields.Datetime.now() + timedelta(days=1))
            )

            def ask(method, key=key, **values):
                return self.url_open(
                    f"/json/2/{CELL}/{method}",
                    data=json.dumps(values),
                    headers={
                        "Authorization": f"Bearer {key}",
                        "Content-Type": "application/json",
                    },
                )

            with self.subTest(login):
                refused = ask(
                    "formatted_read_group",
                    domain=[],
                    groupby=[],
                    aggregates=["shown:sum"],
                )
                self.assertNotEqual(refused.status_code, 200)
                self.assertIn(REFUSED, refused.json()["message"])
                rows = ask("search_read", domain=[], fields=["shown", "low", "high"])
                self.assertEqual(rows.status_code, 200)
                self.assertEqual(
                    sorted(row["shown"] for row in rows.json()),
                    sorted(self.release.cell_ids.mapped("shown")),
                )
                for method in ("create", "write", "unlink"):
                    values = {"ids": self.release.cell_ids[:1].ids}
                    if method == "create":
                        values = {"vals_list": [{"label": "x"}]}
                    elif method == "write":
                        values["vals"] = {"shown": 0}
                    self.assertNotEqual(ask(method, **values).status_code, 200)

    def test_a_workbook_has_rows_and_no_sum(self):
        """Exported with groups: the rows as published, and headings without numbers."""
        self.authenticate("policy", "policy".ljust(8, "x"))
        shown = [
            {"name": name, "label": name, "type": "integer", "store": True}
            for name in ("label", "headcount", "shown", "low", "high")
        ]
        answer = self.url_open(
            "/web/export/xlsx",
            data={
                "data": json.dumps(
                    {
                        "model": CELL,
                        "fields": shown,
                        "ids": self.release.cell_ids.ids,
                        "domain": [],
                        "groupby": ["table"],
                        "import_compat": False,
                        "context": {},
                    }
                ),
                "csrf_token": http.Request.csrf_token(self),
            },
        )
        self.assertEqual(answer.status_code, 200)
        sheet = load_workbook(io.BytesIO(answer.content)).active
        published = {
            (cell.label, cell.headcount, cell.shown, cell.low, cell.high)
            for cell in self.release.cell_ids
        }
        rows = list(sheet.iter_rows(min_row=2, values_only=True))
        self.assertLessEqual(published, set(rows))
        for row in rows:
            if row not in published:
                self.assertFalse(any(row[1:]), row)

    def test_a_favourite_groups_and_cannot_add_up(self):
        user = self.users["council"]
        favourite = (
            self.env["ir.filters"]
            .with_user(user)
            .create(
                {
                    "name": "By table",
                    "model_id": CELL,
                    "user_ids": user.ids,
                    "context": "{'group_by': ['table'], 'pivot_measures': ['shown']}",
                }
            )
        )
        cells = self.env[CELL].with_user(user)
        self.assertTrue(cells.formatted_read_group([], ["table"], ["__count"]))
        with self.assertRaises(UserError):
            cells.get_views([(False, "pivot")], {"load_filters": True})
        found = self.env["ir.filters"].with_user(user).get_filters(CELL)
        self.assertIn(favourite.id, [one["id"] for one in found])

    def test_who_reads_nothing_is_told_nothing(self):
        """A manager and a bare administrator are refused the model itself."""
        manager = self.org.manager_of("Office", "manager")
        administrator = self.org.login("settings", "base.group_system")
        for user in (manager, administrator):
            cells = self.env[CELL].with_user(user)
            for call in (
                lambda cells=cells: cells.formatted_read_group([], [], ["__count"]),
                lambda cells=cells: cells.web_read_group([], ["table"], ["__count"]),
                lambda cells=cells: cells.get_views([(False, "list")]),
                lambda cells=cells: cells.search_count([]),
            ):
                self.env.invalidate_all()
                with self.assertRaises(AccessError):
                    call()
