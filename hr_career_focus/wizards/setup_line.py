from odoo import api, fields, models

from ..models import company_checklist as steps
from ..models.company_checklist import Checklist


class CareerSetupLine(models.TransientModel):
    """One step of the set-up as the page shows it. Only its code is stored."""

    _name = "hr.career.setup.line"
    _description = "Step of the set-up"
    _order = "id"
    _rec_name = "code"
    _transient_max_hours = 24.0

    setup_id = fields.Many2one(
        "hr.career.setup", required=True, ondelete="cascade", index=True
    )
    code = fields.Selection(
        [
            (steps.AGREEMENT, "The collective agreement"),
            (steps.DESK, "The career desk"),
            (steps.COACHES, "The coaches"),
            (steps.COUNCIL, "The works council"),
            (steps.PURPOSE, "What employees read"),
            (steps.KEY_COPY, "A copy of the key"),
            (steps.CONTACT, "An independent contact"),
            (steps.LOG_MAILBOX, "A mailbox for the control number"),
            (steps.PERSONAL_SEAL, "Keys of their own"),
            (steps.RETENTION, "How long cases are kept"),
            (steps.VOUCHERS, "How long vouchers are valid"),
            (steps.MAIL, "E-mail"),
            (steps.LOGINS, "Logins of employees"),
            (steps.SECOND_FACTOR, "A second factor"),
        ],
        string="Step",
        required=True,
        readonly=True,
    )
    number = fields.Integer(compute="_compute_status", compute_sudo=True)
    is_done = fields.Boolean(compute="_compute_status", compute_sudo=True)
    is_required = fields.Boolean(compute="_compute_status", compute_sudo=True)
    actor = fields.Selection(
        [
            (steps.HR, "HR"),
            (steps.WORKS_COUNCIL, "Works council"),
            (steps.ADMINISTRATOR, "Administrator"),
            (steps.OFFICER, "Privacy officer"),
        ],
        string="Who acts",
        compute="_compute_status",
        compute_sudo=True,
    )
    detail = fields.Char(compute="_compute_status", compute_sudo=True)
    explanation = fields.Char(compute="_compute_explanation")
    can_open = fields.Boolean(compute="_compute_can_open")
    needs_login = fields.Boolean(compute="_compute_can_open")
    button_label = fields.Char(compute="_compute_button_label")

    @api.depends("code", "setup_id.company_id")
    @api.depends_context("lang", "tz")
    def _compute_status(self):
        for company, lines in self.grouped(
            lambda line: line.setup_id.company_id
        ).items():
            found = {line.code: line for line in Checklist(company).lines()}
            for line in lines:
                status = found[line.code]
                line.number = steps.STEPS.index(line.code) + 1
                line.is_done = status.is_done
                line.is_required = status.is_required
                line.actor = status.actor
                line.detail = status.detail

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_explanation(self):
        texts = self._explanations()
        for line in self:
            line.explanation = texts[line.code]

    @api.depends("code")
    @api.depends_context("uid")
    def _compute_can_open(self):
        """Offer a button only to those whose click leads somewhere."""
        manages_logins = self.env.user.has_group("base.group_erp_manager")
        manages_system = self.env.user.has_group("base.group_system")
        for line in self:
            line.can_open = line.code != steps.MAIL or manages_system
            line.needs_login = manages_logins and line.code in (
                steps.DESK,
                steps.COACHES,
            )

    @api.depends("code", "is_done", "setup_id.agreement_id")
    @api.depends_context("lang")
    def _compute_button_label(self):
        for line in self:
            line.button_label = line._button_label()

    def action_open(self):
        """Open the form in which this step is done."""
        self.ensure_one()
        setup = self.setup_id
        if self.code == steps.AGREEMENT:
            return self._action_agreement()
        if self.code == steps.DESK:
            return self._action("hr_career_focus.mandate_action")
        if self.code == steps.COACHES:
            return self._action("hr_career_focus.coach_directory_action")
        if self.code == steps.MAIL:
            return self._action("base.action_ir_mail_server_list")
        if self.code == steps.LOGINS:
            return self._action_employees()
        return setup._action_step(self.code)

    def action_open_logins(self):
        """Open the logins, where an administrator gives the role."""
        return self._action("base.action_res_users")

    def _button_label(self):
        """What a click does, in a word or two."""
        self.ensure_one()
        if self.code in (steps.DESK, steps.COACHES, steps.LOGINS, steps.MAIL):
            return {
                steps.DESK: self.env._("Desk mandates"),
                steps.COACHES: self.env._("Coaches"),
                steps.LOGINS: self.env._("Employees without a login"),
                steps.MAIL: self.env._("Mail servers"),
            }[self.code]
        if self.is_done:
            return self.env._("Change")
        if self.code == steps.AGREEMENT:
            if self.setup_id.agreement_id:
                return self.env._("Check the agreement")
            return self.env._("Choose an agreement")
        return self.env._("Fill in")

    def _action(self, xmlid):
        """An action by its external id, as far as the user may open it."""
        return self.env["ir.actions.act_window"]._for_xml_id(xmlid)

    def _action_agreement(self):
        """First choose an agreement; once chosen, open it to have it checked."""
        agreement = self.setup_id.agreement_id
        if not agreement or self.is_done:
            return self.setup_id._action_step(self.code)
        version = agreement.version_id
        if version:
            return version.action_open()
        return {
            "type": "ir.actions.act_window",
            "name": agreement.name,
            "res_model": agreement._name,
            "res_id": agreement.id,
            "views": [(False, "form")],
        }

    def _action_employees(self):
        """Employees of this company without a login."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Employees without a login"),
            "res_model": "hr.employee",
            "views": [(False, "list"), (False, "form")],
            "domain": [
                ("company_id", "=", self.setup_id.company_id.id),
                ("user_id", "=", False),
            ],
        }

    @api.model
    def _explanations(self):
        """Why each step is there and what to do, in a sentence or two."""
        return {
            steps.AGREEMENT: self.env._(
                "It decides who has a right, to how much, and how often. Choose the "
                "one for most of your people, compare it with the text you have, and "
                "confirm that you checked it. A contract can name another one."
            ),
            steps.DESK: self.env._(
                "The confidential coordinator who answers requests and matches "
                "coaches. The desk opens for this person only inside a mandate "
                "with a first and a last day, and once a second person has confirmed "
                "it: the privacy officer, or another desk holder. You cannot appoint "
                "yourself, and not confirm what you recorded."
            ),
            steps.COACHES: self.env._(
                "Employees choose one themselves. At least one external coach with a "
                "valid entry in a register must be on the list; internal coaches may "
                "be."
            ),
            steps.COUNCIL: self.env._(
                "Rules about data of employees need the consent of the works council. "
                "Write down the day of the decision and where it can be found."
            ),
            steps.PURPOSE: self.env._(
                "In plain words: what Career Focus is for, and what it is never used "
                "for. A model text is ready for you to change."
            ),
            steps.KEY_COPY: self.env._(
                "What employees write is sealed with a key that is not in the "
                "database. Without the key those texts are lost for good, in every "
                "backup too. Keep a copy in a safe place, apart from the backups."
            ),
            steps.CONTACT: self.env._(
                "The privacy officer, or somebody else outside HR, whom employees can "
                "ask or warn."
            ),
            steps.LOG_MAILBOX: self.env._(
                "Every opening of a case is in a log that cannot be changed without "
                "a trace. Its control number goes to a mailbox of the works council "
                "or another independent office every day, so that not even an "
                "administrator can cut off its end. The number says nothing about "
                "anybody."
            ),
            steps.PERSONAL_SEAL: self.env._(
                "With a key of their own, employees and coaches close their texts for "
                "everybody, also for whoever runs the system. Who loses the passphrase "
                "needs help: let an independent office keep a recovery key."
            ),
            steps.RETENTION: self.env._(
                "What is over need not be kept. The employee can delete an ended case "
                "at once; after this time the system does it. Agree on it with the "
                "works council."
            ),
            steps.VOUCHERS: self.env._(
                "Employees can pay a coach with a voucher. Finance pays what was "
                "redeemed, without names. What is not redeemed in time goes back to "
                "the right of the employee."
            ),
            steps.MAIL: self.env._(
                "Messages say only that there is something to read, never what. "
                "Without e-mail everything works, but people have to look for "
                "themselves."
            ),
            steps.SECOND_FACTOR: self.env._(
                "Coaches, the desk and the privacy officer work with what people "
                "confide. With a second factor, an authenticator app or a passkey, a "
                "stolen or reset password is not enough to get in. Each of them turns "
                "it on under the security settings of the own account."
            ),
            steps.LOGINS: self.env._(
                "A portal login is enough, and costs nothing. Give one to everybody: a "
                "login that only some people have says something about them."
            ),
        }
