"""Agreements get versions, and rights a key; the ledger follows.

Until now an agreement was one text: its dates, its source and its check become those
of its only version. What was used of a right was kept under the number of the right,
from now on under its agreement and its code.
"""

from odoo.tools.sql import SQL, column_exists, table_exists

from odoo.addons.hr_career_focus.models.entitlement_rule import slug


def migrate(cr, version):
    if table_exists(cr, "hr_career_agreement_version"):
        return
    make_versions(cr)
    give_codes(cr)
    rename_uses(cr)


def make_versions(cr):
    """Move what belongs to a text from each agreement to its first version.

    A check that was lost, because words had changed since, is not carried over. One
    that stands vouches for the rights as they are.
    """
    cr.execute(
        """
        CREATE TABLE hr_career_agreement_version (
            id serial PRIMARY KEY,
            agreement_id integer NOT NULL,
            name varchar,
            active boolean,
            valid_from date,
            valid_to date,
            has_after_effect boolean,
            registered_on date,
            source_url varchar,
            source_seen_on date,
            note jsonb,
            verified_by varchar,
            verified_on date,
            checked_terms jsonb,
            create_uid integer,
            create_date timestamp,
            write_uid integer,
            write_date timestamp
        );
        INSERT INTO hr_career_agreement_version (
            agreement_id, active, valid_from, valid_to, has_after_effect,
            registered_on, source_url, source_seen_on, note, verified_by, verified_on,
            create_uid, create_date, write_uid, write_date
        )
        SELECT id, true, valid_from, valid_to, has_after_effect,
               CASE WHEN is_verified THEN verified_on END,
               source_url, source_seen_on, note,
               CASE WHEN is_verified THEN verified_by END,
               CASE WHEN is_verified THEN verified_on END,
               create_uid, create_date, write_uid, write_date
          FROM hr_career_agreement
        """
    )


def give_codes(cr):
    """Name each right after its English name, unique within its agreement."""
    cr.execute(
        """
        ALTER TABLE hr_career_entitlement_rule
                ADD COLUMN version_id integer,
                ADD COLUMN code varchar;
        UPDATE hr_career_entitlement_rule AS rule
           SET version_id = version.id
          FROM hr_career_agreement_version AS version
         WHERE version.agreement_id = rule.agreement_id;
        UPDATE hr_career_agreement_version AS version
           SET registered_on = version.create_date::date
         WHERE registered_on IS NULL
           AND EXISTS (
               SELECT FROM hr_career_entitlement_rule AS rule
                WHERE rule.version_id = version.id AND rule.was_open
           )
        """
    )
    cr.execute(
        "SELECT id, version_id, name->>'en_US'"
        "  FROM hr_career_entitlement_rule ORDER BY id"
    )
    taken = set()
    for rule_id, version_id, name in cr.fetchall():
        stem = code = slug(name or "")
        number = 1
        while (version_id, code) in taken:
            number += 1
            code = f"{stem}-{number}"
        taken.add((version_id, code))
        cr.execute(
            SQL(
                "UPDATE hr_career_entitlement_rule SET code = %s WHERE id = %s",
                code,
                rule_id,
            )
        )


def rename_uses(cr):
    """Let the ledger name rights by their key.

    A right that was deleted keeps its number: nothing answers to it any more.
    """
    if not column_exists(cr, "hr_career_right_use", "rule_key"):
        return
    cr.execute(
        """
        UPDATE hr_career_right_use AS use
           SET rule_key = rule.agreement_id::text || '/' || rule.code
          FROM hr_career_entitlement_rule AS rule
         WHERE use.rule_key = rule.id::text
        """
    )
