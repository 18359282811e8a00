"""The wall around the confidential models, as one mixin.

Four layers, each enough to stop an outsider alone (docs/threat-model.md):

1. access rows for coach and desk only, read only, and *global* record rules;
2. this guard: outside the scope nobody acts as superuser on these models, a coach or a
   desk holder reads the own cases only, nobody writes, and "missing" and "forbidden"
   are the same answer;
3. shape: a random name and a random id, no chatter, no dates of creation, no creator;
4. sealing: texts and identities are ciphertext under keys outside the database.
"""

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL

from ..casework import logins
from ..engine.roles import GROUP_COACH, GROUP_DESK
from ..vault import scope, sealing
from ..vault.inventory import MIXIN


class CareerVaultMixin(models.AbstractModel):
    _name = MIXIN
    _description = "Confidential record"
    _rec_name = "ref"
    _order = "ref"

    ref = fields.Char(
        string="Reference",
        required=True,
        readonly=True,
        copy=False,
        default=lambda self: sealing.new_ref(),
    )

    _ref_uniq = models.UniqueIndex("(ref)")

    def init(self):
        """Draw ids at random: a counted id tells how many asked, and in which order."""
        super().init()
        if self._abstract:
            return
        function = f"{self._table}_random_id"
        self.env.cr.execute(
            SQL(
                """
                CREATE OR REPLACE FUNCTION %(function)s() RETURNS integer AS $$
                DECLARE drawn integer;
                BEGIN
                    LOOP
                        drawn := 1 + floor(random() * 2147483646)::integer;
                        IF NOT EXISTS (SELECT FROM %(table)s WHERE id = drawn) THEN
                            RETURN drawn;
                        END IF;
                    END LOOP;
                END
                $$ LANGUAGE plpgsql VOLATILE;
                ALTER TABLE %(table)s ALTER COLUMN id SET DEFAULT %(function)s();
                """,
                function=SQL.identifier(function),
                table=SQL.identifier(self._table),
            )
        )

    # -- the guard ---------------------------------------------------------------

    def _guard_domain(self):
        """Return what the current coach or desk holder may read of this model.

        :return: a domain, or ``Domain.FALSE`` for everyone else
        """
        return Domain.FALSE

    def _guard_coach_ids(self):
        """Return the ids of the current user's own coach record."""
        if not self.env.user.has_group(GROUP_COACH):
            return []
        coaches = self.env["hr.career.coach"].sudo()
        return coaches.search([("user_id", "=", self.env.uid)]).ids

    def _guard_company_ids(self):
        """Return the ids of the companies the current user runs the desk of today."""
        if not self.env.user.has_group(GROUP_DESK):
            return []
        mandates = self.env["hr.career.mandate"].sudo()
        return mandates._mandated_companies(
            self.env.user, fields.Date.context_today(self)
        ).ids

    def _guard_error(self):
        """Return the one answer for missing and forbidden alike."""
        return AccessError(
            self.env._("This does not exist, or it is not yours to see.")
        )

    def _guard_lifted(self):
        """Return whether the guard stands aside: in the scope, or while installing."""
        return scope.is_open() or not self.env.registry.ready

    def _guard_check(self, operation):
        """Raise the one error unless the current user may ``operation`` at all."""
        if self._guard_lifted():
            return
        user = self.env.user
        if (
            self.env.su
            or operation != "read"
            or not (user.has_group(GROUP_COACH) or user.has_group(GROUP_DESK))
            # A key forged for a coach, or code run in another's name, has no session
            # of that user.
            or (request and request.session.uid != user.id)
            # Nor is one whose password somebody else has set, or without a second
            # factor where one is wanted.
            or logins.closed_because(self.env)
            or logins.lacks_second_factor(self.env)
        ):
            raise self._guard_error()

    def _guard_readable(self):
        """Return the part of ``self`` the current user may read."""
        with scope.opened():
            return self.sudo().search(
                Domain("id", "in", self.ids) & self._guard_domain()
            )

    @api.model
    def _search(self, domain, *args, **kwargs):
        self._guard_check("read")
        if self._guard_lifted():
            return super()._search(domain, *args, **kwargs)
        if kwargs.get("bypass_access"):
            raise self._guard_error()
        return super()._search(Domain(domain) & self._guard_domain(), *args, **kwargs)

    def fetch(self, field_names=None):
        self._guard_check("read")
        if not self._guard_lifted() and self._origin - self._guard_readable():
            raise self._guard_error()
        return super().fetch(field_names)

    def _fetch_query(self, query, fields):
        self._guard_check("read")
        return super()._fetch_query(query, fields)

    def _check_access(self, operation):
        if self._guard_lifted():
            return super()._check_access(operation)
        try:
            self._guard_check(operation)
        except AccessError:
            return self, self._guard_error
        # First, because the rules answer a missing row with another error.
        forbidden = self - self._guard_readable()
        if forbidden:
            return forbidden, self._guard_error
        with scope.opened():
            refused = super()._check_access(operation)
        return (refused[0], self._guard_error) if refused else None

    def has_access(self, operation):
        """As the guard answers: Odoo itself tells the superuser yes, unasked."""
        if self.env.su and not self._guard_lifted():
            return False
        return super().has_access(operation)

    def exists(self):
        self._guard_check("read")
        if self._guard_lifted():
            return super().exists()
        return self & self._guard_readable()

    @api.model_create_multi
    def create(self, vals_list):
        self._guard_check("create")
        return super().create(vals_list)

    def write(self, vals):
        self._guard_check("write")
        return super().write(vals)

    def unlink(self):
        self._guard_check("unlink")
        return super().unlink()

    def copy(self, default=None):  # pylint: disable=method-required-super
        raise self._guard_error()

    @api.model
    def load(self, fields, data):
        raise self._guard_error()

    def export_data(self, fields_to_export):
        raise self._guard_error()

    def get_metadata(self):
        raise self._guard_error()

    @api.model
    def default_get(self, fields):
        self._guard_check("create")
        return super().default_get(fields)

    def onchange(self, values, field_names, fields_spec):
        raise self._guard_error()

    @api.model
    def fields_get(self, allfields=None, attributes=None):
        self._guard_check("read")
        return super().fields_get(allfields, attributes)

    @api.model
    def name_create(self, name):
        raise self._guard_error()
