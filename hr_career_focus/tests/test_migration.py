"""From agreements that were one text to agreements with versions."""

from pathlib import Path

from odoo.modules.module import load_script
from odoo.tests import BaseCase, tagged
from odoo.tools.misc import file_path

from .common_entitlement import AgreementCase

SCRIPTS = "hr_career_focus/migrations/19.0.1.1.0"


@tagged("post_install", "-at_install")
class TestFirstSignature(BaseCase):
    def test_signed_when_everything_has_been_upgraded(self):
        """What the other addon brings along belongs to what is signed."""
        found = [
            path.name
            for path in Path(file_path("hr_career_focus/migrations")).rglob("*.py")
            if "take_first" in path.read_text(encoding="utf-8")
        ]
        self.assertEqual(found, ["end-check.py"])


@tagged("post_install", "-at_install")
class TestVersionsOfOldAgreements(AgreementCase):
    """The tables are put back as they were, and migrated; all in the transaction."""

    def setUp(self):
        super().setUp()
        self.lost = self.agreement.copy({"name": "Lost its check"})
        self.draft = self.agreement.copy({"name": "Never checked"})
        self.scan = self.rule.copy({"name": "Scan"})
        self.again = self.rule.copy({"name": "Scan"})
        self.version.write({"valid_from": "2024-01-01", "valid_to": "2025-12-31"})
        self.env.flush_all()
        self.put_back()

    def put_back(self):
        """Give the tables the shape they had in 19.0.1.0.0."""
        self.cr.execute(
            """
            ALTER TABLE hr_career_agreement
                    ADD COLUMN IF NOT EXISTS valid_from date,
                    ADD COLUMN IF NOT EXISTS valid_to date,
                    ADD COLUMN IF NOT EXISTS has_after_effect boolean,
                    ADD COLUMN IF NOT EXISTS source_url varchar,
                    ADD COLUMN IF NOT EXISTS source_seen_on date,
                    ADD COLUMN IF NOT EXISTS note jsonb,
                    ADD COLUMN IF NOT EXISTS verified_by varchar,
                    ADD COLUMN IF NOT EXISTS verified_on date,
                    ADD COLUMN IF NOT EXISTS is_verified boolean;
            UPDATE hr_career_agreement
               SET valid_from = '2024-01-01', valid_to = '2025-12-31',
                   has_after_effect = true, source_url = 'https://example.org/cao',
                   verified_by = 'Petra Policy', verified_on = '2024-01-20',
                   is_verified = true
             WHERE id = %(checked)s;
            UPDATE hr_career_agreement
               SET verified_by = 'Petra Policy', verified_on = '2024-01-20',
                   is_verified = false
             WHERE id = %(lost)s;
            UPDATE hr_career_entitlement_rule
               SET was_open = agreement_id = ANY(%(open)s);
            ALTER TABLE hr_career_entitlement_rule
                  DROP COLUMN version_id, DROP COLUMN code, DROP COLUMN right_key;
            DROP TABLE hr_career_agreement_version CASCADE;
            INSERT INTO hr_career_right_use (
                ref, company_id, rule_key, sealed, month, state, holder_index, place
            )
            VALUES ('a', %(company)s, %(rule)s, '', '2025-02-01', 'used', 'x', 1),
                   ('b', %(company)s, '999999', '', '2025-02-01', 'used', 'x', 1)
            """,
            {
                "checked": self.agreement.id,
                "lost": self.lost.id,
                "open": [self.agreement.id, self.lost.id],
                "company": self.company.id,
                "rule": str(self.rule.id),
            },
        )

    def migrate(self):
        load_script(file_path(f"{SCRIPTS}/pre-migrate.py"), "pre").migrate(
            self.cr, "19.0.1.0.0"
        )

    def rows(self, query, *params):
        self.cr.execute(query, params)
        return self.cr.fetchall()

    def test_the_text_moves_to_a_version(self):
        self.migrate()
        (version,) = self.rows(
            "SELECT valid_from::text, valid_to::text, has_after_effect, source_url,"
            "       verified_by, verified_on::text, registered_on::text"
            "  FROM hr_career_agreement_version WHERE agreement_id = %s",
            self.agreement.id,
        )
        self.assertEqual(
            version,
            (
                "2024-01-01",
                "2025-12-31",
                True,
                "https://example.org/cao",
                "Petra Policy",
                "2024-01-20",
                "2024-01-20",
            ),
        )

    def test_a_lost_check_stays_lost_and_a_draft_a_draft(self):
        self.migrate()
        query = (
            "SELECT verified_by, registered_on IS NOT NULL"
            "  FROM hr_career_agreement_version WHERE agreement_id = %s"
        )
        self.assertEqual(self.rows(query, self.lost.id), [(None, True)])
        self.assertEqual(self.rows(query, self.draft.id), [(None, False)])

    def test_rights_get_codes_and_the_ledger_follows(self):
        self.migrate()
        codes = self.rows(
            "SELECT rule.code FROM hr_career_entitlement_rule AS rule"
            "  JOIN hr_career_agreement_version AS version"
            "    ON version.id = rule.version_id"
            " WHERE version.agreement_id = %s ORDER BY rule.id",
            self.agreement.id,
        )
        self.assertEqual(codes, [("career-guidance",), ("scan",), ("scan-2",)])
        keys = self.rows(
            "SELECT rule_key FROM hr_career_right_use WHERE holder_index = 'x'"
            " ORDER BY rule_key"
        )
        self.assertEqual(
            keys, sorted([(f"{self.agreement.id}/career-guidance",), ("999999",)])
        )

    def test_a_second_run_changes_nothing(self):
        self.migrate()
        before = self.rows("SELECT * FROM hr_career_agreement_version ORDER BY id")
        self.migrate()
        after = self.rows("SELECT * FROM hr_career_agreement_version ORDER BY id")
        self.assertEqual(before, after)
