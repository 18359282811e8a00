"""Another way into a login: an account elsewhere, put there by an administrator."""

from adversary_case import AdversaryCase

from odoo.tests import tagged
from odoo.tools import SQL


@tagged("post_install", "-at_install")
class TestWaysIn(AdversaryCase):
    def test_account_elsewhere_is_shown_before_it_counts(self):
        """For who has a case and for who has none."""
        provider = self.env["auth.oauth.provider"].create(
            {
                "name": "Elsewhere Ltd",
                "body": "Log in",
                "auth_endpoint": "https://elsewhere.test",
                "validation_endpoint": "https://elsewhere.test",
                "enabled": True,
            }
        )
        for login in ("victim", "colleague"):
            with self.subTest(login):
                self.login(login)
                self.assertEqual(self.visit("/my/focus").status_code, 200)
                self.env.cr.execute(
                    SQL(
                        "UPDATE res_users SET oauth_provider_id = %s, oauth_uid = %s"
                        " WHERE id = %s",
                        provider.id,
                        f"attacker-{login}",
                        self.users[login].id,
                    )
                )
                self.env.invalidate_all()
                closed = self.visit("/my/focus")
                self.assertEqual(closed.status_code, 403)
                self.assertIn("A way into your login was added", closed.text)
                words = " ".join(closed.text.split())
                self.assertIn("An account elsewhere, with Elsewhere Ltd.", words)
