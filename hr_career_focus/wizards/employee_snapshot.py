"""Read from the database what a plan is compared with, in a fixed number of queries."""

import re
from decimal import Decimal

from odoo import fields

from ..importer.known import Known, KnownEmployee, KnownVersion, same

#: Where employee numbers are kept: external ids, out of the way of every module.
NAMESPACE = "career_focus_import"


def external_name(company, number):
    """The external id (without namespace) of an employee number in a company."""
    escaped = re.sub(r"[^A-Za-z0-9]", lambda found: f"_{ord(found[0]):x}_", number)
    return f"{_prefix(company)}{escaped}"


def _prefix(company):
    return f"employee-{company.id}-"


def snapshot(env, company, people):
    """What the database holds about these people and this company.

    :param people: the ``Person`` values that were read
    :rtype: Known
    """
    names = {
        external_name(company, number): number
        for person in people
        for number in (person.number, person.manager)
        if number
    }
    ids_by_number, taken = _numbers(env, company, names)
    staff = _staff(env, company)
    emails = {person.email for person in people if person.email}
    found = {number: id_ for number, id_ in ids_by_number.items() if id_ in staff}
    candidates = {
        id_: values
        for id_, values in staff.items()
        if id_ not in taken and same(values["work_email"] or "") in emails
    }
    versions = _versions(env, set(found.values()) | candidates.keys())
    by_email = {}
    for id_, values in candidates.items():
        employee = _employee(id_, values, versions)
        by_email.setdefault(same(values["work_email"]), []).append(employee)
    return Known(
        employees={
            number: _employee(id_, staff[id_], versions)
            for number, id_ in found.items()
        },
        by_email=by_email,
        managers={
            id_: values["parent_id"]
            for id_, values in staff.items()
            if values["parent_id"]
        },
        full_time=hours_of(company.resource_calendar_id) or Decimal(40),
        has_default_agreement=bool(company.career_agreement_id),
        **_names(env, company),
    )


def hours_of(calendar):
    """Hours a week of a working calendar; 0 without one."""
    return Decimal(str(calendar.hours_per_week or 0)).quantize(Decimal("0.01"))


def _numbers(env, company, names):
    """Ids by employee number for these names, and all ids that have a number.

    Nobody but this reads or writes the namespace; external ids are closed to HR, hence
    the sudo. The ids are checked against the company's staff afterwards.
    """
    data = env["ir.model.data"].sudo()
    rows = data.search_read(
        [
            ("module", "=", NAMESPACE),
            ("model", "=", "hr.employee"),
            ("name", "=like", f"{_prefix(company)}%"),
        ],
        ["name", "res_id"],
    )
    numbers = {
        names[row["name"]]: row["res_id"] for row in rows if row["name"] in names
    }
    return numbers, {row["res_id"] for row in rows}


def _staff(env, company):
    """Identity of everybody in the company, archived people too."""
    employees = env["hr.employee"].with_context(active_test=False)
    rows = employees.search_read(
        [("company_id", "=", company.id)],
        [
            "name",
            "work_email",
            "birthday",
            "certificate",
            "parent_id",
            "current_version_id",
            "active",
        ],
        load=None,
    )
    return {row["id"]: row for row in rows}


def _employee(id_, values, versions):
    return KnownEmployee(
        id=id_,
        identity={
            "name": values["name"],
            "email": same(values["work_email"] or "") or None,
            "birth_date": values["birthday"] or None,
            "education": values["certificate"] or None,
        },
        manager=values["parent_id"] or None,
        versions=versions.get(id_, ()),
        current=values["current_version_id"] or None,
        active=values["active"],
    )


def _versions(env, employee_ids):
    """Comparable versions by employee id, oldest first."""
    found = env["hr.version"].search_fetch(
        [("employee_id", "in", list(employee_ids))],
        [
            "employee_id",
            "date_version",
            "department_id",
            "job_id",
            "sex",
            "contract_type_id",
            "contract_date_start",
            "contract_date_end",
            "resource_calendar_id",
            "career_agreement_id",
        ],
        order="employee_id, date_version",
    )
    paths = _paths(found.department_id)
    result = {}
    for version in found:
        values = {
            "department": paths.get(version.department_id.id),
            "job": same(version.job_id.name) if version.job_id else None,
            "gender": version.sex or None,
            "contract_type": version.contract_type_id.id or None,
            "starts": version.contract_date_start or None,
            "ends": version.contract_date_end or None,
            "hours": hours_of(version.resource_calendar_id),
            "agreement": version.career_agreement_id.id or None,
        }
        known = KnownVersion(version.id, version.date_version, values)
        result.setdefault(version.employee_id.id, []).append(known)
    return {id_: tuple(versions) for id_, versions in result.items()}


def _paths(departments):
    """Comparable path by department id."""
    ids = {
        int(part)
        for department in departments
        for part in department.parent_path.split("/")
        if part
    }
    names = {each.id: each.name for each in departments.browse(ids)}
    return {
        department.id: same(
            tuple(
                names[int(part)] for part in department.parent_path.split("/") if part
            )
        )
        for department in departments
    }


def _names(env, company):
    """Ids by comparable name of all that a file refers to by name."""
    own = [("company_id", "in", [company.id, False])]
    departments = env["hr.department"].search(own, order="id desc")
    jobs = (
        env["hr.job"].search(own).sorted(lambda job: (not job.department_id, -job.id))
    )
    types = env["hr.contract.type"].search([])
    today = fields.Date.context_today(env.user)
    agreements = (
        env["hr.career.agreement"]
        .search([*own, ("is_company_rules", "=", False)])
        .sorted(
            lambda agreement: (
                bool(agreement.company_id),
                not agreement.valid_to or agreement.valid_to >= today,
                -agreement.id,
            )
        )
    )
    return {
        "departments": {path: id_ for id_, path in _paths(departments).items()},
        "jobs": {same(job.name): job.id for job in jobs},
        "contract_types": {same(each.name): each.id for each in types}
        | {same(each.name): each.id for each in types.with_context(lang=None)},
        "contract_type_names": tuple(types.mapped("name")),
        "agreements": {same(each.name): each.id for each in agreements},
        "agreement_names": tuple(agreements.mapped("name")),
    }
