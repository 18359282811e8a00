"""The two employers as they stand before anybody asks: staff, logins, desk, coaches."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.fields import Command

from ..casework import mandates
from ..importer import plan, read
from ..presets import template
from ..vault.keyring import ensure_key_file
from ..wizards.agreement_writer import AgreementWriter
from ..wizards.employee_snapshot import snapshot
from ..wizards.employee_writer import QUIET, EmployeeWriter
from . import texts
from .cast import CAST, PORTAL, identities, passwords
from .dutch import appoint_in_dutch, speak_dutch
from .staff import OMROEP, ZORG, heads, staff_csv

MODULE = "hr_career_focus"


@dataclass
class Places:
    """Where things are: companies by prefix, people by number or login."""

    companies: dict = field(default_factory=dict)
    employees: dict = field(default_factory=dict)
    users: dict = field(default_factory=dict)
    coaches: dict = field(default_factory=dict)


def build(env):
    """Build both employers and open the service; returns the :class:`Places`."""
    env = env(context={**env.context, **QUIET, "no_reset_password": True})
    ensure_key_file()
    places = Places(
        companies={
            "W": env.ref(f"{MODULE}.company_omroep_demo"),
            "Z": env.ref(f"{MODULE}.company_zorg_demo"),
        }
    )
    today = fields.Date.context_today(env.user)
    admin = env.ref("base.user_admin")
    admin.company_ids += places.companies["W"] + places.companies["Z"]
    admin.company_id = places.companies["W"]
    _check_agreements(env, today)
    for prefix, company in places.companies.items():
        company.resource_calendar_id.tz = _time_zone(prefix)
        # To look around in, with a password alone; the pages say so.
        company.career_second_factor = False
    for employer in (OMROEP, ZORG):
        _hire(env, places, employer, today)
    _give_logins(env, places)
    _appoint_heads(env, places)
    _appoint_desk(env, places, today)
    appoint_in_dutch(env, places)
    _confirm_desk(env, places)
    _list_coaches(env, places, today)
    for prefix, company in places.companies.items():
        _open(company, prefix, today)
    speak_dutch(env, places)
    return places


def _check_agreements(env, today):
    """HR took one template, and compared both agreements with their texts."""
    writer = AgreementWriter(env, env.ref(f"{MODULE}.company_omroep_demo"))
    (made,) = writer.apply([template("nl_omroep").agreement])
    version = made.agreement.version_ids
    name_record(env, "agreement_omroep_demo", made.agreement)
    name_record(env, "agreement_version_omroep_demo", version)
    name_record(env, "entitlement_rule_omroep_demo", version.rule_ids)
    checked = {
        "verified_by": "Hannah Vos",
        "verified_on": date(today.year - 3, 11, 20),
    }
    # From then on it is the text in force, and named so.
    version.write({**checked, "name": False})
    env.ref(f"{MODULE}.agreement_version_zorg_demo").write(checked)
    env.ref(f"{MODULE}.agreement_version_zorg_old_demo").write(
        {**checked, "verified_on": date(today.year - 9, 1, 12)}
    )


def _hire(env, places, employer, today):
    """Bring the staff in the way HR would: by the import."""
    company = places.companies[employer.prefix]
    env = env(context={**env.context, "allowed_company_ids": company.ids})
    sheet = read(staff_csv(employer, identities(), today), today)
    known = snapshot(env, company, sheet.people)
    found = plan(sheet, known)
    writer = EmployeeWriter(env, company, known)
    writer.apply(found.steps)
    employees = env["hr.employee"].browse(writer.employees.values())
    places.employees |= dict(zip(writer.employees, employees, strict=True))


def _give_logins(env, places):
    """Everybody gets a login, so that having one tells nothing about anybody."""
    roles = {role.number: role for role in CAST if role.number}
    secrets = passwords()
    # The screens of most people are in English, also where Odoo was set up in Dutch.
    env["res.lang"]._activate_lang("en_US")
    languages = {code for code, _name in env["res.lang"].get_installed()}
    vals_list = []
    for number, employee in places.employees.items():
        role = roles.get(number)
        values = {
            "login": role.login if role else employee.work_email,
            "partner_id": employee.work_contact_id.id,
            "company_id": employee.company_id.id,
            "company_ids": [Command.set(employee.company_id.ids)],
            "group_ids": [Command.set(env.ref(PORTAL).ids)],
            "lang": "en_US",
            "tz": _time_zone(number),
        }
        if role:
            values |= _role_values(env, places, role, secrets, languages)
        vals_list.append(values)
    users = env["res.users"].create(vals_list)
    for user, employee in zip(users, places.employees.values(), strict=True):
        employee.user_id = user
        places.users[user.login] = user
    outsiders = [role for role in CAST if not role.number]
    made = env["res.users"].create(
        [
            {
                "name": role.name,
                "login": role.login,
                "email": role.address,
                "tz": _time_zone(role.home),
                "company_id": places.companies[role.home].id,
                **_role_values(env, places, role, secrets, languages),
            }
            for role in outsiders
        ]
    )
    places.users |= {user.login: user for user in made}
    for role in CAST:
        name_record(env, f"user_{role.login}_demo", places.users[role.login])
    hr = places.users["hannah"]
    versions = env["hr.version"].search(
        [("company_id", "in", [company.id for company in places.companies.values()])]
    )
    versions.hr_responsible_id = hr


def _role_values(env, places, role, secrets, languages):
    """What the login of somebody in the cast has besides."""
    companies = places.companies[role.home]
    if role.also:
        companies |= places.companies[role.also]
    return {
        "password": secrets[role.login],
        "group_ids": [
            Command.set([env.ref(name).id for name in role.groups]),
        ],
        "company_ids": [Command.set(companies.ids)],
        "lang": role.lang if role.lang in languages else "en_US",
    }


def _time_zone(prefix):
    """Where people of an employer are, by a number or a prefix."""
    return "Europe/Amsterdam" if prefix.startswith("W") else "Europe/Brussels"


def name_record(env, name, record):
    """Give a demo record its external id."""
    env["ir.model.data"]._update_xmlids(
        [{"xml_id": f"{MODULE}.{name}", "record": record, "noupdate": True}]
    )


def _appoint_heads(env, places):
    """Who leads which department: that is who sees its uptake."""
    for employer in (OMROEP, ZORG):
        company = places.companies[employer.prefix]
        departments = {
            tuple(each.complete_name.split(" / ")): each
            for each in env["hr.department"].search([("company_id", "=", company.id)])
        }
        for path, number in heads(employer).items():
            departments[path].manager_id = places.employees[number]


def _appoint_desk(env, places, today):
    """A desk holder for each company, appointed for some years."""
    since = date(today.year - 3, 12, 1)
    env["hr.career.mandate"].create(
        [
            {
                "user_id": places.users[login].id,
                "company_id": places.companies[prefix].id,
                "date_from": since,
                "date_to": date(today.year + 1, 12, 31),
                "appointed_by": by,
                "scope": texts.MANDATE_SCOPE,
                "secrecy_statement": True,
                "secrecy_date": since,
            }
            for login, prefix, by in (
                ("willem", "W", "The board, with consent of the works council"),
                ("goedele", "Z", "The board, after advice of the works council"),
            )
        ]
    )


def _confirm_desk(env, places):
    """The privacy officer is the second person, once every word is there."""
    for mandate in env["hr.career.mandate"].search([]):
        moment = datetime.combine(mandate.date_from, time(9))
        mandates.confirm(env(user=places.users["petra"].id, su=False), mandate, moment)


def _list_coaches(env, places, today):
    """Three coaches: one inside, one outside, one outside in Flanders."""
    until = date(today.year + 1, 12, 31)
    dutch, flemish = (
        env["res.lang"].with_context(active_test=False).search([("code", "=", code)])
        for code in ("nl_NL", "nl_BE")
    )
    english = env["res.lang"].search([("code", "=", "en_US")])
    for login, card in texts.COACHES.items():
        values = {key: value for key, value in card.items() if key != "specialisms"}
        languages = (flemish if login == "mieke" else dutch) + english
        coach = env["hr.career.coach"].create(
            {
                **values,
                "name": places.users[login].name,
                "user_id": places.users[login].id,
                "specialism_ids": [
                    Command.set(
                        [
                            env.ref(f"{MODULE}.specialism_{name}").id
                            for name in card["specialisms"]
                        ]
                    )
                ],
                "language_ids": [Command.set(languages.ids)],
                "company_ids": [
                    Command.set(places.companies["Z" if login == "mieke" else "W"].ids)
                ],
                "declares_independence": True,
            }
        )
        coach.registration_ids.create(
            [
                {"coach_id": coach.id, "valid_until": until, **register}
                for register in texts.REGISTERS[login]
            ]
        )
        places.coaches[login] = coach
        name_record(env, f"coach_{login}_demo", coach)


def _open(company, prefix, today):
    """Fill in what HR decides, and open the service."""
    decided = date(today.year - 3, 11, 28)
    domain = (OMROEP, ZORG)[prefix == "Z"].domain
    agreement = f"agreement_{'omroep' if prefix == 'W' else 'zorg'}_demo"
    company.write(
        {
            "email": f"info@{domain}",
            "career_agreement_id": company.env.ref(f"{MODULE}.{agreement}").id,
            "career_council_date": decided,
            "career_council_document": texts.COUNCIL_DOCUMENT,
            "career_purpose": texts.PURPOSE,
            "career_privacy_contact": f"privacy@{domain}",
            "career_key_copy_stored": True,
            "career_key_copy_on": decided + relativedelta(days=5),
        }
    )
    company.career_live = True
