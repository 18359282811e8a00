"""From bytes to people: encodings, separators, dated terms, and what is refused."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..importer import read
from ..importer.columns import COLUMNS, headings
from ..importer.csvfile import MAX_BYTES
from ..importer.people import circling
from ..importer.values import ERROR

TODAY = date(2026, 1, 1)


def sheet_of(*lines):
    """Read lines written with semicolons."""
    return read("\n".join(lines).encode(), TODAY)


def errors(sheet):
    """``(row, column, code)`` of every error."""
    return [(p.row, p.column, p.code) for p in sheet.problems if p.level == ERROR]


FULL = (
    "Personeelsnummer;Naam;Werk e-mail;Geboortedatum;Geslacht;Opleidingsniveau;"
    "Afdeling;Leidinggevende;Functie;In dienst;Uit dienst;Contracttype;"
    "Uren per week;FTE;CAO;Ingangsdatum",
    "001;Zoë de Boer;zoe@example.org;29-02-1980;v;hbo;Radio / Nieuws;002;Redacteur;"
    "01-04-2015;;Permanent;32,0;;CAO Omroeppersoneel;",
    "002;Piet Smit;;;m;;Radio;;Chef;1-1-2010;;;;;CAO Omroeppersoneel;",
    "001;;;;;;Radio / Duiding;;Eindredacteur;;;;36;;;01-09-2021",
)


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_any_spreadsheet(mark, encoding, newline):
    """Whatever the spreadsheet wrote, the same people come out."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator=newline)
    writer.writerows(line.split(";") for line in FULL)
    sheet = read(out.getvalue().encode(encoding), TODAY)
    assert errors(sheet) == []
    zoe, piet = sheet.people
    assert (zoe.number, zoe.name, zoe.education) == ("001", "Zoë de Boer", "bachelor")
    assert zoe.manager == piet.number == "002"
    first, second = zoe.terms
    assert first.since == first.starts == date(2015, 4, 1)
    assert first.department == ("Radio", "Nieuws")
    assert second.since == date(2021, 9, 1)
    assert second.department == ("Radio", "Duiding")
    # What the later row leaves open is as it was.
    assert second.starts == first.starts
    assert second.gender == "female"
    assert second.agreement == "CAO Omroeppersoneel"
    assert (first.hours, second.hours) == (Decimal("32.00"), Decimal("36.00"))
    assert zoe.rows == (2, 4)


def test_separator_line_of_excel():
    """The line ``sep=;`` that Excel writes is understood, and rows are still right."""
    sheet = sheet_of("sep=;", "number;name", "1;Jan", "2;")
    assert [person.number for person in sheet.people] == ["1"]
    assert errors(sheet) == [(4, "name", "no_name")]


def test_contract_without_end():
    """A contract start without an end takes an earlier end away."""
    sheet = sheet_of(
        "number;name;contract start;contract end;terms since",
        "1;Jan;2020-01-01;2020-12-31;",
        "1;;2021-01-01;;",
    )
    assert errors(sheet) == []
    assert [term.ends for term in sheet.people[0].terms] == [date(2020, 12, 31), None]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\r\n\r\n", "empty_file"),
        (b"number;name\n", "no_rows"),
        (b"PK\x03\x04whatever", "workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "workbook"),
        (b"number;name\n\x81\x8d;\x00", "encoding"),
        (b"number;name\n1;J\x00n", "encoding"),
        (b'number;name\n1;"Jan', "quotes"),
        (b"name;department\nJan;A", "missing_column"),
        (b"number;name;naam\n1;Jan;Jan", "double_column"),
        (b"number;name" + b";x" * 100 + b"\n", "too_many_columns"),
        (b"x" * (MAX_BYTES + 1), "file_too_big"),
    ],
)
def test_unusable_file(data, code):
    """A file that cannot be used at all gives one reason and no people."""
    sheet = read(data, TODAY)
    assert sheet.people == ()
    assert [problem.code for problem in sheet.file_errors] == [code]


@pytest.mark.parametrize("limit", [131_072, 500 * 1024 * 1024])
def test_huge_cell(limit):
    """A cell as large as a book is refused, whatever limit the process has set."""
    before = csv.field_size_limit(limit)
    try:
        sheet = read(b"number;name\n1;" + b"x" * 200_000, TODAY)
    finally:
        csv.field_size_limit(before)
    assert sheet.people == ()
    assert {problem.code for problem in sheet.problems} <= {"quotes", "too_long"}
    assert max(len(problem.value) for problem in sheet.problems) <= 80


HEADER = (
    "number;name;e-mail;birth date;manager;contract start;contract end;hours;fte;since"
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["1;A;;;;;;;;", ";B;;;;;;;;"], [(3, "number", "no_number")]),
        (["1;A;;;;;;;;", "1;B;;;;2020-01-01;;;;"], None),
        (["1;A;a@b.nl;;;;;;;", "2;B;A@b.nl;;;;;;;"], [(3, "email", "email_twice")]),
        (["1;A;;;1;;;;;"], [(2, "manager", "own_manager")]),
        (
            ["1;A;;;2;;;;;", "2;B;;;1;;;;;", "3;C;;;1;;;;;"],
            [(2, "manager", "circle"), (3, "manager", "circle")],
        ),
        (["1;A;;2030-01-01;;;;;;"], [(2, "birth_date", "birth_date_impossible")]),
        (["1;A;;1900-01-01;;;;;;"], [(2, "birth_date", "birth_date_impossible")]),
        (
            ["1;A;;1990-01-01;;1989-01-01;;;;"],
            [(2, "starts", "start_before_birth")],
        ),
        (["1;A;;1990-01-01;;1999-01-01;;;;"], [(2, "birth_date", "too_young")]),
        (
            ["1;A;;;;2020-01-01;2019-01-01;;;"],
            [(2, "ends", "end_before_start")],
        ),
        (["1;A;;;;;2019-01-01;;;"], [(2, "ends", "end_without_start")]),
        (
            ["1;A;;;;2020-01-01;;;;2019-01-01"],
            [(2, "since", "since_before_start")],
        ),
        (
            ["1;A;;;;2020-01-01;2020-12-31;;;2022-01-01"],
            [(2, "since", "since_after_end")],
        ),
        (["1;A;;;;2020-01-01;;36;0,9;"], [(2, "fte", "hours_and_fte")]),
        (
            ["1;A;;;;2020-01-01;;;;", "1;;;;;2020-01-01;;;;"],
            [(3, "since", "same_date_twice")],
        ),
        (
            ["1;A;;;;2020-01-01;;;;", "1;;;;;2021-01-01;;;;"],
            [(3, "starts", "contracts_overlap")],
        ),
        (["1;A;;;;;;;;;extra"], [(2, None, "extra_cells")]),
        (
            ["1;A;;;;2020-01-01;;;;", "1;;;;;;;soms;;2021-01-01"],
            [(2, None, "other_row_broken"), (3, "hours", "bad_decimal")],
        ),
    ],
)
def test_refused_rows(rows, expected):
    """Each mistake is told at its row and column; a good neighbour stays in."""
    good = "99;Goed;goed@b.nl;1990-01-01;;2020-01-01;;36;;"
    sheet = sheet_of(HEADER, *rows, good)
    if expected is None:
        assert {code for _row, _column, code in errors(sheet)} == {
            "contradiction",
            "no_date_among_more",
        }
    else:
        assert errors(sheet) == expected
    assert "99" in [person.number for person in sheet.people]
    refused = {row for row, _column, _code in errors(sheet)}
    assert not refused.intersection(*[person.rows for person in sheet.people[-1:]])


def test_unknown_headings_are_told():
    """A heading nobody knows is left out and named."""
    sheet = sheet_of("number;name;Schoenmaat", "1;Jan;44")
    assert sheet.ignored == ("Schoenmaat",)
    assert sheet.columns == ("number", "name")


def test_headings_are_unique():
    """No two columns answer to the same heading."""
    spoken = [
        h.lower() for c in COLUMNS for h in {c.key, c.heading.lower(), *c.aliases}
    ]
    assert len(spoken) == len(set(spoken)), sorted(spoken)


@given(st.binary(max_size=400))
def test_any_bytes(data):
    """No bytes whatever make the reader fail."""
    for content in (data, b"number;name;contract start;manager\n" + data):
        sheet = read(content, TODAY)
        assert sheet.people or sheet.problems


NAMES = st.text(st.characters(categories=["Lu", "Ll"]), min_size=1, max_size=20).filter(
    lambda name: name.isprintable() and name.strip()
)


@st.composite
def crews(draw):
    """Rows of invented people, each with one or two terms."""
    rows = []
    for number in range(draw(st.integers(1, 6))):
        start = draw(st.dates(date(2000, 1, 1), date(2010, 1, 1)))
        rows.append([f"E{number}", draw(NAMES), draw(NAMES), start.isoformat(), ""])
        if draw(st.booleans()):
            change = draw(st.dates(date(2010, 1, 2), date(2025, 1, 1)))
            rows.append([f"E{number}", "", draw(NAMES), "", change.isoformat()])
    return rows


@settings(deadline=None)
@given(crews(), st.randoms(use_true_random=False), st.sampled_from(";,\t"))
def test_order_and_separator_do_not_matter(rows, random, mark):
    """The same rows in any order, with any separator, are the same people."""

    def people(lines, delimiter):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter)
        writer.writerow(["number", "name", "department", "contract start", "since"])
        writer.writerows(lines)
        sheet = read(out.getvalue().encode(), TODAY)
        assert errors(sheet) == []
        return {
            person.number: (
                person.name,
                [(t.since, t.starts, t.department) for t in person.terms],
            )
            for person in sheet.people
        }

    shuffled = list(rows)
    random.shuffle(shuffled)
    assert people(rows, ";") == people(shuffled, mark)


@given(
    st.dictionaries(st.integers(0, 12), st.integers(0, 12), max_size=13),
)
def test_circling_is_reaching_oneself(managers):
    """In a circle is exactly who meets the own name going up."""

    def meets_self(person):
        current = managers.get(person)
        for _step in range(len(managers)):
            if current == person:
                return True
            current = managers.get(current)
        return False

    assert circling(managers) == {who for who in managers if meets_self(who)}


def test_template_has_every_heading():
    """The template's headings are understood, one for one."""
    assert len(headings()) == len(COLUMNS)
    sheet = read(";".join(headings()).encode() + b"\n1;Jan", TODAY)
    assert sheet.columns == tuple(column.key for column in COLUMNS)
    assert sheet.ignored == ()
