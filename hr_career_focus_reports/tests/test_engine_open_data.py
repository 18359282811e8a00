"""Open data: published company and trait rows, never a unit, and nothing invented."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.hr_career_focus_reports.engine import open_data, register, release
from odoo.addons.hr_career_focus_reports.engine.sample import (
    sixty_people,
    thirteen_starts,
)

SCHEMA = json.loads(
    (
        Path(open_data.__file__).parent.parent
        / "static/open-data/uptake-1.0.schema.json"
    ).read_text()
)
KINDS = {
    "object": dict,
    "array": list,
    "string": str,
    "integer": int,
    "boolean": bool,
    "null": type(None),
}
#: What the schema uses; a word that is not here would silently not be checked.
WORDS = {
    "$defs",
    "$ref",
    "$schema",
    "additionalProperties",
    "const",
    "description",
    "enum",
    "items",
    "maximum",
    "minLength",
    "minimum",
    "multipleOf",
    "pattern",
    "properties",
    "required",
    "title",
    "type",
    "uniqueItems",
}


def published(secret=b"for the example only", starts=None):
    return release.compute(
        sixty_people(),
        thirteen_starts() if starts is None else starts,
        company=1,
        period="year",
        published_on=date(2027, 1, 15),
        secret=secret,
    )


def document(one):
    return open_data.document(
        one.content(), one.fingerprint(), employer="Sixty", country="NL"
    )


def test_only_company_and_traits():
    """Rows of units are published, and stay out of the file with their names."""
    one = published()
    units = {row.label for row in one.rows if row.table == "tree"}
    assert units == {"Office", "Production"}
    found = document(one)
    assert {row["table"] for row in found["rows"]} == {
        "company",
        "age",
        "education",
        "gender",
    }
    text = json.dumps(found)
    for label in units:
        assert label not in text
    assert open_data.problems(found) == []


@given(st.binary(min_size=1, max_size=8), st.integers(0, 60))
def test_every_release_gives_a_valid_file(secret, participants):
    starts = {key: date(2026, 3, 1) for key in range(participants)}
    found = document(published(secret, starts))
    assert open_data.problems(found) == []
    assert list(schema_errors(found, SCHEMA)) == []


def test_a_file_says_a_figure_or_an_end_and_never_a_count():
    """Two worlds with the same figures give the same file but for the fingerprint."""
    everybody = dict.fromkeys(range(1, 61), date(2026, 2, 1))
    half = dict.fromkeys(range(1, 60), date(2026, 5, 1))
    first, second = (document(published(starts=one)) for one in (everybody, half))
    assert first["rows"][0]["to"] is None
    assert first == second


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"people": 19}, "20 people"),
        ({"about": 12}, "multiple"),
        ({"to": 70}, "range"),
        ({"from": 14}, "range"),
        ({"or_more": True}, "no figure"),
        ({"or_more": True, "about": None, "to": None, "from": 57}, "range"),
        ({"or_more": None}, "whole numbers"),
        ({"from": True}, "whole numbers"),
        ({"table": "tree"}, "table"),
        ({"period": "may"}, "period"),
        ({"groups": ["under_35"]}, "unknown group"),
        ({"groups": None}, "unknown group"),
    ],
)
def test_faults_are_found(changes, fault):
    found = document(published())
    assert open_data.problems(found) == []
    found["rows"][0] |= changes
    [said] = open_data.problems(found)
    assert said.startswith("rows[0]: ")
    assert fault in said


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "2.0"},
        {"format": "other"},
        {"year": "2026"},
        {"rows": {}},
        {"rules": {"rounded_to": 3}},
        {"state": "half"},
        {"published_on": "yesterday"},
        {"fingerprint": "0"},
    ],
)
def test_faults_of_the_file_are_found(changes):
    found = document(published()) | changes
    assert len(open_data.problems(found)) == 1
    assert list(schema_errors(found, SCHEMA))


def test_a_version_that_adds_is_read():
    newer = document(published()) | {"version": "1.7", "new": 1}
    assert open_data.problems(newer) == []


def test_the_same_group_twice_is_found():
    found = document(published())
    found["rows"].append(found["rows"][0])
    assert open_data.problems(found) == ["rows[7]: the same group twice"]


def test_comparing_says_no_more_than_the_ranges():
    mine = document(published())
    assert {verdict for *_row, verdict in open_data.compare(mine, mine)} == {"unclear"}
    less = json.loads(json.dumps(mine))
    less["rows"][0] |= {"about": 0, "from": 0, "to": 4}
    assert open_data.compare(mine, less)[0] == ("company", (), "above")
    assert open_data.compare(less, mine)[0] == ("company", (), "below")


def test_schema_knows_every_category_and_state():
    row = SCHEMA["$defs"]["row"]["properties"]
    known = {one for groups in open_data.CATEGORIES.values() for one in groups}
    assert set(row["groups"]["items"]["enum"]) == known
    assert set(row["table"]["enum"]) == set(open_data.TABLES)
    assert set(SCHEMA["properties"]["state"]["enum"]) == set(release.STATES)
    assert set(SCHEMA["properties"]["rules"]["properties"]) == set(open_data.RULES)
    assert set(register.AGE_BANDS) < known


def test_schema_refuses_what_is_not_of_the_format():
    """Positive control of the small reader of schemas below."""
    found = document(published())
    assert list(schema_errors(found, SCHEMA)) == []
    row = found["rows"][0]
    for wrong in (
        found | {"unit": "Office"},
        found | {"year": True},
        found | {"rows": [row | {"about": 12}]},
        found | {"rows": [row | {"people": 7}]},
        found | {"rows": [row | {"table": "tree"}]},
        found | {"rows": [row | {"groups": ["female", "female"]}]},
        {name: value for name, value in found.items() if name != "proof"},
    ):
        assert list(schema_errors(wrong, SCHEMA))


def schema_errors(value, schema, root=SCHEMA):
    """Yield where `value` is not as `schema` says; knows the words of ours only."""
    assert set(schema) <= WORDS
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(_is(value, kind) for kind in kinds):
        yield f"{value!r} is not {kinds}"
        return
    if "const" in schema and value != schema["const"]:
        yield f"{value!r} is not {schema['const']!r}"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{value!r} is unknown"
    yield from _size_errors(value, schema)
    if isinstance(value, dict):
        known = schema["properties"]
        yield from (
            f"{name} is needed" for name in set(schema["required"]) - set(value)
        )
        for name, one in value.items():
            if name not in known:
                yield f"{name} is not of the format"
            else:
                yield from schema_errors(one, known[name], root)
    if isinstance(value, list):
        if schema.get("uniqueItems") and len(set(value)) < len(value):
            yield "the same item twice"
        for one in value:
            yield from schema_errors(one, schema["items"], root)


def _is(value, kind):
    if isinstance(value, bool):
        return kind == "boolean"
    return isinstance(value, KINDS[kind])


def _size_errors(value, schema):
    if isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield "too short"
        if not re.search(schema.get("pattern", ""), value):
            yield f"{value!r} is not {schema['pattern']}"
    elif isinstance(value, int) and not isinstance(value, bool):
        if not schema.get("minimum", value) <= value <= schema.get("maximum", value):
            yield f"{value} is too small or too large"
        if value % schema.get("multipleOf", 1):
            yield f"{value} is no multiple"
