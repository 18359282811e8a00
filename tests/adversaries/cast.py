"""The people of the attacks, and one complete traject, committed once for the session.

The database these tests run on is a copy that goes when they end, so what they stand on
is built once and committed. That makes it as real as it gets: another connection sees
it, a dump holds it, and every class of tests starts from it within a second. What a
test does after that is rolled back, as anywhere.
"""

from contextlib import contextmanager
from datetime import timedelta
from mailbox import mailbox, send_queue
from unittest.mock import patch
from uuid import uuid4

from passlib.context import CryptContext

from odoo import SUPERUSER_ID, api, fields
from odoo.fields import Command
from odoo.modules.registry import Registry
from odoo.tests import get_db_name

from odoo.addons.base.models.res_users import ResUsersPatchedInTest
from odoo.addons.hr_career_focus.casework import constants as c
from odoo.addons.hr_career_focus.casework.opening import vault
from odoo.addons.hr_career_focus.tests.common import CareerCompany
from odoo.addons.hr_career_focus.vault.inventory import vault_models

#: Outsiders that exist only where the neighbours are installed.
NEIGHBOURS = {
    "accountant": "base.group_user,account.group_account_manager",
    "leave_manager": "base.group_user,hr_holidays.group_hr_holidays_manager",
    "recruiter": "base.group_user,hr_recruitment.group_hr_recruitment_manager",
    "marketeer": "base.group_user,mass_mailing.group_mass_mailing_user",
    "budget_holder": "base.group_user,hr_career_focus.group_budget_holder",
}
#: One login with every group there is but the confidential ones.
EVERYTHING = "everything"
#: People who hold a role, but not in this case.
STRANGERS = ("colleague", "other_coach")
#: People of another company, with the roles that count there.
ELSEWHERE = {
    "hr_elsewhere": "hr.group_hr_manager",
    "desk_elsewhere": "base.group_user,hr_career_focus.group_desk",
    "coach_elsewhere": "base.group_user,hr_career_focus.group_coach",
    "officer_elsewhere": "base.group_user,hr_career_focus.group_privacy_officer",
}
#: Groups that the login with every group does without, and all that give them.
LEFT_OUT = (
    "hr_career_focus.group_coach",
    "hr_career_focus.group_desk",
    "base.group_portal",
    "base.group_public",
)


@contextmanager
def quick_passwords():
    """Hash passwords as the tests do, so that a login there does not hash anew."""
    context = CryptContext(
        ["pbkdf2_sha512", "plaintext"],
        deprecated=["plaintext"],
        pbkdf2_sha512__rounds=1,
    )
    with patch.object(ResUsersPatchedInTest, "_crypt_context", lambda self: context):
        yield


class Cast(CareerCompany):
    """The company of the tests with its neighbours. Holds what a later class needs."""

    OUTSIDERS = {**CareerCompany.OUTSIDERS, **NEIGHBOURS}
    built = False

    @classmethod
    def build(cls):
        """Build and commit, once for this process."""
        if cls.built:
            return
        with quick_passwords(), Registry(get_db_name()).cursor() as cr:
            cls.env = api.Environment(cr, SUPERUSER_ID, {})
            cls.now = fields.Datetime.now().replace(microsecond=0)
            cls.make_company()
            cls.make_everything()
            cls.make_elsewhere()
            cls.make_words()
            cls.ref = cls.make_whole_case("victim")
            cls.fill_what_is_empty()
            with mailbox(cls.env):
                send_queue(cls.env)
            cls.keep = {
                "users": {login: user.id for login, user in cls.users.items()},
                "people": {login: one.id for login, one in cls.people.items()},
                "coaches": {login: one.id for login, one in cls.coaches.items()},
                "rule": cls.rule.id,
                "agreement": cls.agreement.id,
                "version": cls.version.id,
                "company": cls.company.id,
                "company_elsewhere": cls.company_elsewhere.id,
            }
            cls.env.flush_all()
        cls.built = True

    @classmethod
    def bind(cls, case):
        """Give the class ``case`` the records, in its own transaction."""
        env, keep = case.env, cls.keep
        case.users = _browse(env["res.users"], keep["users"])
        case.people = _browse(env["hr.employee"], keep["people"])
        case.coaches = _browse(env["hr.career.coach"], keep["coaches"])
        case.rule = env["hr.career.entitlement.rule"].browse(keep["rule"])
        case.agreement = env["hr.career.agreement"].browse(keep["agreement"])
        case.version = env["hr.career.agreement.version"].browse(keep["version"])
        case.company = env["res.company"].browse(keep["company"])
        case.company_elsewhere = case.company.browse(keep["company_elsewhere"])
        for name in ("canary", "alias", "address", "question", "ref", "now"):
            setattr(case, name, getattr(cls, name))

    # -- people --------------------------------------------------------------------

    @classmethod
    def make_everything(cls):
        """Create the login that holds every right an outsider can be given."""
        left_out = cls.env["res.groups"]
        for xmlid in LEFT_OUT:
            left_out |= cls.env.ref(xmlid)
        left_out |= left_out.all_implied_by_ids
        user = cls.make_user(EVERYTHING, "base.group_user")
        user.group_ids = cls.env["res.groups"].search([]) - left_out
        cls.users[EVERYTHING] = user

    @classmethod
    def make_elsewhere(cls):
        """Create a second company with people who have their roles there."""
        second = cls.env["res.company"].create(
            {"name": "Elsewhere Works", "career_second_factor": False}
        )
        cls.company_elsewhere = second
        for login, groups in ELSEWHERE.items():
            user = cls.make_user(login, groups)
            user.write({"company_ids": [Command.set(second.ids)], "company_id": second})
            cls.users[login] = user
        cls.make_mandate(
            "desk_elsewhere", confirmed_by="officer_elsewhere", company_id=second.id
        )
        cls.env["hr.career.coach"].create(
            {
                "name": "Elsewhere Name",
                "user_id": cls.users["coach_elsewhere"].id,
                "is_external": True,
                "company_ids": [Command.set(second.ids)],
            }
        )
        cls.users[EVERYTHING].company_ids += second

    # -- a case --------------------------------------------------------------------

    @classmethod
    def make_words(cls):
        """Draw what only people inside the case know."""
        cls.alias = f"Vee-{uuid4().hex[:12]}"
        cls.address = f"private-{uuid4().hex[:12]}@elsewhere.test"
        cls.question = f"My question {cls.canary}"

    @classmethod
    def make_whole_case(cls, login, coach="coach", close=False):
        """Let ``login`` do all there is to do in a case; return its reference."""
        now, canary = cls.now, cls.canary
        ref = cls.make_active(
            login,
            coach,
            now,
            channel=c.CHANNEL_MAIL,
            address=cls.address,
            alias=cls.alias,
            question=cls.question,
        )
        own = cls.employee_door(login, now).case(ref)
        work = cls.coach_door(coach, now).case(ref)
        note = own.write(c.NOTE, c.SELF, {"title": canary, "text": canary})
        own.edit(note, {"text": f"Edited {canary}"})
        own.remove(own.write(c.NOTE, c.SELF, {"text": f"Removed {canary}"}))
        own.write(c.MESSAGE, c.COACH, {"text": canary})
        work.write(c.MESSAGE, c.COACH, {"text": canary})
        own.write(c.PLAN, c.SELF, {"ambitions": canary})
        own.write(c.EXPLORATION, c.COACH, {"tried": canary, "on": "2026-06-01"})
        soon = (now + timedelta(days=5)).strftime("%Y-%m-%dT10:00")
        session = work.propose_session({"on": soon, "where": canary, "note": canary})
        own.answer_session(session, "confirmed")
        own.set_phase("market", True)
        cls.desk_door(now=now).inbox()
        cls.desk_door(now=now).case(ref).view
        cls.employee_door(login, now).remind(cls.address, 3)
        if close:
            own.close(["job_outside"], f"My outcome {canary}")
            work.end_aftercare()
        return ref

    @classmethod
    def fill_what_is_empty(cls):
        """Give each confidential model a row, also one nobody thought of here.

        A model that is added later is attacked from its first day: what is made up here
        is among the words that may not come out.
        """
        with vault(cls.env) as inside:
            for name in vault_models(cls.env):
                if not inside[name].search([], limit=1):
                    inside[name].create(cls._made_up(inside, inside[name]))

    @classmethod
    def _made_up(cls, inside, model):
        values = {}
        for name, field in model._fields.items():
            if not field.store or field.related or name in ("id", "ref"):
                continue
            if field.type in ("char", "text"):
                values[name] = f"made up {uuid4().hex}"
            elif field.type == "selection" and field.required:
                values[name] = field.get_values(inside)[0]
            elif field.type == "date":
                values[name] = cls.now.date().replace(day=1)
            elif field.type in ("integer", "float", "monetary") and field.required:
                values[name] = 1
            elif field.type == "many2one" and field.required:
                values[name] = inside[field.comodel_name].search([], limit=1).id
        return values


def _browse(model, ids):
    return {login: model.browse(number) for login, number in ids.items()}
