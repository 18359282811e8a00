"""The access log: each opening of a dossier by someone other than its owner."""

from odoo import fields, models
from odoo.tools import SQL


class CareerAccess(models.Model):
    """One line. Place, link and digest are the chain; nothing else can be read.

    There is no relation to the case, so that a copy of the tables does not tell which
    case was opened how often (:mod:`..casework.access_log`).
    """

    _name = "hr.career.access"
    _inherit = ["hr.career.vault.mixin"]
    _description = "Opening of a dossier"
    _log_access = False
    _order = "place"

    place = fields.Integer(required=True, readonly=True)
    link = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    month = fields.Date(required=True, readonly=True, index=True)
    # As what, in which company: for the yearly counts, under the log's own key.
    label = fields.Text(required=True, readonly=True, groups=fields.NO_ACCESS)
    # Which case, without saying which.
    case_index = fields.Char(readonly=True, index=True, groups=fields.NO_ACCESS)
    # One opening of a list for each reader and day; drawn at random for all others.
    once = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    # Who, as what, when and what for, under the traject's key.
    sealed = fields.Text(readonly=True, groups=fields.NO_ACCESS)
    # Shows that retention emptied the line, and nobody else.
    forgotten = fields.Char(readonly=True, groups=fields.NO_ACCESS)

    _place_uniq = models.UniqueIndex("(place)")
    _once_uniq = models.UniqueIndex("(once)")
    _months = models.Constraint("CHECK (EXTRACT(day FROM month) = 1)")

    def init(self):  # pylint: disable=missing-return
        """Let the database refuse what would change a line by accident.

        Whoever owns the table can take this away; the chain shows what is done then.
        """
        super().init()
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(keep)s() RETURNS trigger AS $$
                BEGIN
                    IF TG_OP = 'UPDATE'
                        AND current_setting('hr_career_focus.forgetting', true) = 'on'
                        AND (NEW.place, NEW.link, NEW.digest, NEW.ref)
                          = (OLD.place, OLD.link, OLD.digest, OLD.ref)
                        AND (NEW.month, NEW.label) = (OLD.month, OLD.label)
                        AND NEW.sealed IS NULL
                    THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'Lines of the access log stay as they are.';
                END
                $$ LANGUAGE plpgsql;
                DROP TRIGGER IF EXISTS %(keep)s ON %(table)s;
                DROP TRIGGER IF EXISTS %(keep_all)s ON %(table)s;
                CREATE TRIGGER %(keep)s BEFORE UPDATE OR DELETE ON %(table)s
                    FOR EACH ROW EXECUTE FUNCTION %(keep)s();
                CREATE TRIGGER %(keep_all)s BEFORE TRUNCATE ON %(table)s
                    FOR EACH STATEMENT EXECUTE FUNCTION %(keep)s();
                """,
                keep=SQL.identifier(f"{self._table}_keep"),
                keep_all=SQL.identifier(f"{self._table}_keep_all"),
                table=SQL.identifier(self._table),
            )
        )


class CareerAccessHead(models.Model):
    """Where the access log ends, so that lines cut off at the end are missed."""

    _name = "hr.career.access.head"
    _inherit = ["hr.career.vault.mixin"]
    _description = "End of the access log"
    _log_access = False

    place = fields.Integer(required=True, readonly=True)
    tip = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)

    _single = models.UniqueIndex("((ref IS NOT NULL))")
