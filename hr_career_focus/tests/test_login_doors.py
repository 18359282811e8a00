"""Other ways in than the password: sign-in providers and directories.

Their modules need not be installed here: what counts are the tables they bring.
"""

from odoo.tests import tagged
from odoo.tools.sql import table_exists

from ..casework import EmployeeDoor, login_register, login_rows, logins
from ..casework.errors import DoorClosed
from .common import CareerCase

TABLES = {
    "auth_oauth_provider": """
        CREATE TABLE auth_oauth_provider (
            id serial PRIMARY KEY, name varchar, client_id varchar,
            auth_endpoint varchar, validation_endpoint varchar, data_endpoint varchar);
        ALTER TABLE res_users ADD COLUMN oauth_provider_id integer,
                              ADD COLUMN oauth_uid varchar
        """,
    "res_company_ldap": """
        CREATE TABLE res_company_ldap (
            id serial PRIMARY KEY, ldap_server varchar, ldap_server_port integer,
            ldap_base varchar, ldap_filter varchar, ldap_tls boolean)
        """,
}


@tagged("post_install", "-at_install")
class TestDoors(CareerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for name, statement in TABLES.items():
            if not table_exists(cls.cr, name):
                cls.cr.execute(statement)
        login_rows._tables.clear()
        cls.addClassCleanup(login_rows._tables.clear)
        cls.victim = cls.users["victim"]

    def sql(self, query, **values):
        self.cr.execute(query, {"victim": self.victim.id, **values})

    def sign_in_elsewhere(self, uid="me"):
        self.sql(
            "INSERT INTO auth_oauth_provider"
            " (name, client_id, auth_endpoint, validation_endpoint)"
            " VALUES ('P', 'c', 'https://id.test/a', 'https://id.test/v') RETURNING id"
        )
        [number] = self.cr.fetchone()
        self.sql(
            "UPDATE res_users SET oauth_provider_id = %(one)s, oauth_uid = %(uid)s"
            " WHERE id = %(victim)s",
            one=number,
            uid=uid,
        )

    def renew(self):
        """Take the marks anew, as when the login was made like this."""
        self.sql("DELETE FROM hr_career_login WHERE user_id = %(victim)s")
        login_register.register(self.env, self.victim.ids, only_unused=True)

    def reason(self, login="victim"):
        try:
            EmployeeDoor(self.env_of(login))
        except DoorClosed as closed:
            return closed.reason
        return None

    def test_provider_added_changed_or_pointed_elsewhere(self):
        self.sign_in_elsewhere()
        self.assertEqual(self.reason(), logins.CONFIRM)
        self.renew()
        self.assertIsNone(self.reason())
        for change in (
            "UPDATE res_users SET oauth_uid = 'evil' WHERE id = %(victim)s",
            "UPDATE auth_oauth_provider SET validation_endpoint = 'https://evil.test'",
            "UPDATE auth_oauth_provider SET data_endpoint = 'https://evil.test'",
        ):
            with self.subTest(change=change), self.cr.savepoint() as savepoint:
                self.sql(change)
                self.assertEqual(self.reason(), logins.CONFIRM)
                savepoint.rollback()
        self.assertIsNone(self.reason())

    def test_without_a_password_only_the_desk_opens_it(self):
        self.sql("UPDATE res_users SET password = NULL WHERE id = %(victim)s")
        self.sql(
            "INSERT INTO res_users_log (create_uid, create_date)"
            " VALUES (%(victim)s, now())"
        )
        self.sign_in_elsewhere()
        self.renew()
        self.assertIsNone(self.reason())
        self.sql("UPDATE res_users SET oauth_uid = 'evil' WHERE id = %(victim)s")
        self.assertEqual(self.reason(), logins.CHANGED)

    def test_directory_that_knows_every_password(self):
        """An administrator's own directory would say yes to anything, for everybody."""
        self.sql(
            "INSERT INTO res_company_ldap (ldap_server, ldap_server_port, ldap_filter)"
            " VALUES ('evil.test', 389, '(uid=%%s)')"
        )
        for login in ("victim", "colleague"):
            self.assertEqual(self.reason(login), logins.CONFIRM)
        self.renew()
        self.assertIsNone(self.reason())
        self.sql("UPDATE res_company_ldap SET ldap_server = 'more-evil.test'")
        self.assertEqual(self.reason(), logins.CONFIRM)

    def test_provider_of_somebody_else_closes_nobody(self):
        self.sign_in_elsewhere()
        self.assertIsNone(self.reason("colleague"))
