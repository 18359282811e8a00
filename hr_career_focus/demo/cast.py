"""Who can log in to the demo, and as what. Passwords are in ``logins.csv``."""

import csv
from dataclasses import dataclass
from pathlib import Path

PORTAL = "base.group_portal"
USER = "base.group_user"


@dataclass(frozen=True)
class Role:
    """One person with a login.

    ``number`` is the employee number; external coaches have none. ``home`` is the
    prefix of the employer, ``lang`` the language of the screens.
    """

    login: str
    name: str
    gender: str
    number: str = ""
    groups: tuple[str, ...] = (PORTAL,)
    home: str = "W"
    also: str = ""
    email: str = ""
    lang: str = "en_US"

    @property
    def address(self):
        """The e-mail address."""
        domain = {"W": "omroepdewaal", "Z": "vlaamsezorggroep"}[self.home]
        return self.email or f"{self.login}@{domain}.example"


CAST = (
    Role("emma", "Emma Visser", "f", "W0008"),
    Role("karim", "Karim El Idrissi", "m", "W0019"),
    Role("lotte", "Lotte Hendriks", "f", "W0033", lang="nl_NL"),
    Role("fatma", "Fatma Yilmaz", "f", "W0064"),
    Role("daan", "Daan Mulder", "m", "W0110", (USER,)),
    Role("leen", "Leen Vermeulen", "f", "Z0010", home="Z", lang="nl_BE"),
    Role(
        "willem",
        "Willem Prins",
        "m",
        "W0170",
        (USER, "hr_career_focus.group_desk"),
    ),
    Role(
        "goedele",
        "Goedele Baeyens",
        "f",
        "Z0002",
        (USER, "hr_career_focus.group_desk"),
        home="Z",
    ),
    Role(
        "sofie",
        "Sofie van Rijn",
        "f",
        "W0169",
        (USER, "hr_career_focus.group_coach"),
    ),
    Role(
        "joris",
        "Joris Bakker",
        "m",
        groups=(PORTAL, "hr_career_focus.group_coach"),
        email="joris@bakkerloopbaan.example",
    ),
    Role(
        "mieke",
        "Mieke Lauwers",
        "f",
        groups=(PORTAL, "hr_career_focus.group_coach"),
        home="Z",
        email="mieke@kompascoaching.example",
    ),
    Role("pieter", "Pieter de Ruiter", "m", "W0004", (USER,)),
    Role("bart", "Bart Claes", "m", "Z0034", (USER,), home="Z"),
    Role(
        "hannah",
        "Hannah Vos",
        "f",
        "W0164",
        (USER, "hr.group_hr_manager"),
        also="Z",
    ),
    Role(
        "marieke",
        "Marieke Jonker",
        "f",
        "W0128",
        (USER, "hr_career_focus.group_budget_holder"),
    ),
    Role("ingrid", "Ingrid Bosman", "f", "W0166", (USER, "hr.group_hr_user")),
    Role(
        "ruud",
        "Ruud Timmermans",
        "m",
        "W0134",
        (USER, "hr_career_focus.group_works_council"),
    ),
    Role(
        "petra",
        "Petra Kok",
        "f",
        "W0002",
        (USER, "hr_career_focus.group_privacy_officer"),
        also="Z",
    ),
    Role(
        "anouk",
        "Anouk Steen",
        "f",
        "W0157",
        (USER, "hr_career_focus.group_finance"),
    ),
)


def identities():
    """``{employee number: (name, e-mail, gender)}`` of who has a login."""
    return {
        role.number: (role.name, role.address, role.gender)
        for role in CAST
        if role.number
    }


def passwords():
    """``{login: password}`` from the table of logins."""
    table = Path(__file__).with_name("logins.csv")
    with table.open(newline="", encoding="utf-8") as lines:
        return {row["login"]: row["password"] for row in csv.DictReader(lines)}
