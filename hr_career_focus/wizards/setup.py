from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..engine.roles import GROUP_POLICY
from ..models.company_checklist import STEPS, Checklist
from ..vault.location import key_file

COMPANY_FIELDS = {
    "agreement_id": "career_agreement_id",
    "council_date": "career_council_date",
    "council_none": "career_council_none",
    "council_document": "career_council_document",
    "purpose": "career_purpose",
    "privacy_contact": "career_privacy_contact",
    "log_mailbox": "career_log_mailbox",
    "second_factor": "career_second_factor",
    "personal_seal": "career_personal_seal",
    "retention_months": "career_retention_months",
    "voucher_months": "career_voucher_months",
    "recovery_key": "career_recovery_key",
    "key_copy_stored": "career_key_copy_stored",
    "key_copy_on": "career_key_copy_on",
}


class CareerSetup(models.TransientModel):
    """The page from which HR sets Career Focus up, step by step, and opens it.

    It keeps nothing itself: every field reads from and writes to the company, every
    line of the checklist is worked out when it is shown. HR may write no company
    otherwise; here it may write these fields only, of the companies it works for.
    """

    _name = "hr.career.setup"
    _description = "Set up Career Focus"
    _transient_max_hours = 24.0

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    line_ids = fields.One2many("hr.career.setup.line", "setup_id", readonly=True)
    is_live = fields.Boolean(compute="_compute_progress", compute_sudo=True)
    missing_count = fields.Integer(compute="_compute_progress", compute_sudo=True)
    done_count = fields.Integer(compute="_compute_progress", compute_sudo=True)
    required_count = fields.Integer(compute="_compute_progress", compute_sudo=True)
    progress = fields.Integer(compute="_compute_progress", compute_sudo=True)

    agreement_id = fields.Many2one(
        "hr.career.agreement",
        string="Collective agreement",
        compute="_compute_from_company",
        domain="[('is_company_rules', '=', False), '|', ('company_id', '=', False), "
        "('company_id', '=', company_id)]",
        readonly=False,
    )
    council_date = fields.Date(
        string="Day of the decision",
        compute="_compute_from_company",
        readonly=False,
    )
    council_none = fields.Boolean(
        string="There is no works council, and there are fewer than 50 staff",
        compute="_compute_from_company",
        readonly=False,
    )
    council_document = fields.Char(
        string="Where it is filed",
        compute="_compute_from_company",
        readonly=False,
    )
    purpose = fields.Text(
        string="What employees read",
        compute="_compute_from_company",
        readonly=False,
    )
    use_model_text = fields.Boolean(string="Start from the model text")
    privacy_contact = fields.Char(
        string="E-mail or telephone",
        compute="_compute_from_company",
        readonly=False,
    )
    personal_seal = fields.Boolean(
        string="Employees and coaches can use a key of their own",
        compute="_compute_from_company",
        readonly=False,
    )
    recovery_key = fields.Char(
        string="Recovery key of the office",
        compute="_compute_from_company",
        readonly=False,
        help="The line that starts with focus-recovery-. The office makes it with the "
        "command “career_vault recovery-key”, on a computer of its own.",
    )
    retention_months = fields.Integer(
        string="Months after the end",
        compute="_compute_from_company",
        readonly=False,
        help="From 1 to 24.",
    )
    voucher_months = fields.Integer(
        string="Months after the one in which it was made",
        compute="_compute_from_company",
        readonly=False,
        help="From 1 to 36.",
    )
    log_mailbox = fields.Char(
        string="E-mail",
        compute="_compute_from_company",
        readonly=False,
    )
    second_factor = fields.Boolean(
        string="A password alone is not enough",
        compute="_compute_from_company",
        readonly=False,
    )
    key_copy_stored = fields.Boolean(
        string="A copy of the key file is stored",
        compute="_compute_from_company",
        readonly=False,
    )
    key_copy_on = fields.Date(
        string="Stored on",
        compute="_compute_from_company",
        readonly=False,
    )
    key_path = fields.Char(
        string="Key file",
        compute="_compute_key_path",
        groups="base.group_system",
        help="On the server, readable by the account that runs Odoo only.",
    )

    # -- computed -------------------------------------------------------------------

    @api.depends("company_id")
    def _compute_display_name(self):
        for setup in self:
            setup.display_name = self.env._("Set up Career Focus")

    @api.depends("company_id")
    @api.depends_context("lang", "tz")
    def _compute_progress(self):
        for setup in self:
            lines = Checklist(setup.company_id).lines()
            required = [line for line in lines if line.is_required]
            done = sum(line.is_done for line in required)
            setup.is_live = setup.company_id.career_live
            setup.required_count = len(required)
            setup.done_count = done
            setup.missing_count = len(required) - done
            setup.progress = round(100 * done / len(required))

    @api.depends("company_id")
    @api.depends_context("lang")
    def _compute_from_company(self):
        for setup in self:
            company = setup.company_id
            for name, source in COMPANY_FIELDS.items():
                setup[name] = company[source]

    def _compute_key_path(self):
        for setup in self:
            setup.key_path = str(key_file())

    @api.onchange("key_copy_stored")
    def _onchange_key_copy_stored(self):
        self.key_copy_on = self.key_copy_stored and fields.Date.context_today(self)

    @api.onchange("use_model_text")
    def _onchange_use_model_text(self):
        """Put the model statement in the field, for HR to change and save."""
        if self.use_model_text and not (self.purpose or "").strip():
            self.purpose = self._model_purpose()

    @api.onchange("council_none")
    def _onchange_council_none(self):
        if self.council_none:
            self.council_date = False
            self.council_document = False

    # -- CRUD -----------------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        own, companys = zip(*map(self._split, vals_list), strict=True)
        setups = super().create(list(own))
        for setup, values in zip(setups, companys, strict=True):
            setup._write_company(values)
            self.env["hr.career.setup.line"].create(
                [{"setup_id": setup.id, "code": code} for code in STEPS]
            )
        return setups

    def write(self, vals):
        own, companys = self._split(vals)
        result = super().write(own)
        for setup in self:
            setup._write_company(companys)
        return result

    @api.model
    def _split(self, vals):
        """Values of the page itself, and values of the company by its field names."""
        own = {name: vals[name] for name in vals if name not in COMPANY_FIELDS}
        companys = {
            COMPANY_FIELDS[name]: vals[name] for name in vals if name in COMPANY_FIELDS
        }
        return own, companys

    def _write_company(self, values):
        """Write on the company what HR may not write there by itself."""
        self._check_may_set_up()
        if values:
            self.company_id.sudo().write(values)
            self.invalidate_recordset(list(COMPANY_FIELDS))

    # -- business -------------------------------------------------------------------

    @api.model
    def action_start(self):
        """Open the page for the current company."""
        setup = self.create({"company_id": self.env.company.id})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Set up"),
            "res_model": self._name,
            "res_id": setup.id,
            "views": [(self.env.ref("hr_career_focus.setup_view_form").id, "form")],
            "target": "main",
        }

    def action_open_for_employees(self):
        """Open Career Focus; `_check_career_live` refuses when a line is missing."""
        return self._set_live(True)

    def action_close_for_employees(self):
        """Take no new requests. What runs goes on."""
        return self._set_live(False)

    def action_save(self):
        """Close the window of a step; the form has been saved on the way here."""
        return {"type": "ir.actions.act_window_close"}

    def _set_live(self, live):
        self.ensure_one()
        self._check_may_set_up()
        self.company_id.sudo().career_live = live
        return True

    def _check_may_set_up(self):
        """HR policy, for a company of the own login, or nothing is touched."""
        self.ensure_one()
        if self.env.su:
            return
        user = self.env.user
        if not user.has_group(GROUP_POLICY) or self.company_id not in user.company_ids:
            raise AccessError(
                self.env._("Only HR policy of this company sets Career Focus up.")
            )

    def _action_step(self, code):
        """Open one step of this page in a window of its own."""
        self.ensure_one()
        codes = self.line_ids._fields["code"]._description_selection(self.env)
        view = self.env.ref(f"hr_career_focus.setup_view_form_{code}")
        return {
            "type": "ir.actions.act_window",
            "name": dict(codes)[code],
            "res_model": self._name,
            "res_id": self.id,
            "views": [(view.id, "form")],
            "target": "new",
        }

    def _model_purpose(self):
        return self.env._(
            "Career Focus is here to help you think about your work: what you can do, "
            "what you like, and what you want next. A coach helps you, in confidence.\n"
            "\n"
            "You decide whether you use it. Nobody has to agree first, and you owe "
            "nobody an explanation.\n"
            "\n"
            "Your manager, HR and finance cannot see that you asked or what you wrote. "
            "Nothing is added to your personnel file. It is never used to judge you, "
            "to choose people in a reorganisation, or to decide about your contract.\n"
            "\n"
            "We publish how many people use Career Focus, rounded and for large groups "
            "only, so that we can see whether everybody is reached."
        )
