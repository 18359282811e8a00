"""A signed company, and what the self-check says after one change."""

from contextlib import contextmanager

from odoo.tests import TransactionCase

from ..selfcheck import book
from ..selfcheck.findings import FINDING
from ..selfcheck.run import inspect, look
from .common import CareerCompany


class CheckCase(CareerCompany, TransactionCase):
    """:class:`CareerCompany`, and its state is what was signed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_company()
        cls.sign()

    @classmethod
    def sign(cls):
        """Accept the present state."""
        inside = cls.env(su=True, context={"lang": "en_US"})
        book.expect(inside, look(inside).picture(), "test", "the start")

    def findings(self):
        """Return the findings of the walks and the comparison."""
        self.env.flush_all()
        self.env.invalidate_all()
        return [one for one in inspect(self.env)[1] if one.level == FINDING]

    @contextmanager
    def assertFound(self, code, where=""):
        """The block makes one change; nothing was found before, and this after it."""
        self.assertEqual(self.findings(), [])
        yield
        found = self.findings()
        self.assertTrue(
            [one for one in found if one.code == code and where in one.where],
            [(one.code, one.where) for one in found],
        )

    def assertEachFound(self, code, changes):
        """Each of ``changes`` ({where: function}) gives ``code`` by itself."""
        self.assertEqual(self.findings(), [])
        for where, change in changes.items():
            with self.subTest(where):
                savepoint = self.env.cr.savepoint()
                change()
                found = {(one.code, where in one.where) for one in self.findings()}
                savepoint.rollback()
                savepoint.close(rollback=False)
                self.assertIn((code, True), found)

    def sql(self, query, *values):
        """Change the database as its administrator can."""
        self.env.flush_all()
        self.env.cr.execute(query, values)
        self.env.invalidate_all()

    def number(self, xmlid):
        return self.env.ref(xmlid).id

    def as_admin(self):
        return self.env_of("settings_admin")

    def make_action(self, code, model="res.partner"):
        """Make a server action, as an administrator does."""
        return self.as_admin()["ir.actions.server"].create(
            {
                "name": "Tidy up",
                "state": "code",
                "model_id": self.env["ir.model"]._get_id(model),
                "code": code,
            }
        )
