"""The documents are true where a program can tell: links, commands, names of tests."""

import re
from pathlib import Path

import docutils.core
import pytest
import readme

from stack.layout import EVERY, ROOT

PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *ROOT.glob("*/readme/*.md")]
)
#: Pages that are there in Dutch too.
DUTCH = sorted((ROOT / "docs" / "nl").glob("*.md"))
LINK = re.compile(r"\]\(([^)\s]+)\)")
#: Hosts of registries and mirrors, and folders of somebody's machine.
FOREIGN = re.compile(
    r"pypi\.|pythonhosted|registry\.npm|npmjs|debian\.(org|net)|ghcr\.io|docker\.io"
    r"|/(home|root|work|Users|tmp)/",
    re.IGNORECASE,
)
LARGEST_PICTURE = 250_000


def text_of(name):
    """The text of a page."""
    return (ROOT / name).read_text(encoding="utf-8")


def anchors(path):
    """Names of the headings of a page, as links write them."""
    lines = path.read_text(encoding="utf-8").splitlines()
    titles = [line.lstrip("#").strip() for line in lines if line.startswith("#")]
    return {
        re.sub(r"[^\w\- ]", "", title).lower().replace(" ", "-") for title in titles
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """Every relative link is a file of the repository, and its anchor a heading."""
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if link.startswith(("http://", "https://")):
            continue
        name, _hash, anchor = link.partition("#")
        target = (page.parent / name).resolve() if name else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_names_no_foreign_place(page):
    """No host of a registry and no folder of somebody's machine."""
    assert not FOREIGN.findall(page.read_text(encoding="utf-8"))


def test_every_command_is_documented_and_exists():
    """The table of the README and the Makefile name the same commands."""
    made = set(re.findall(r"^([a-z]+):", text_of("Makefile"), re.MULTILINE))
    table = set(
        re.findall(r"^\| `make ([a-z]+)` \|", text_of("README.md"), re.MULTILINE)
    )
    assert table == made
    for page in PAGES:
        named = set(re.findall(r"`make ([a-z]+)", page.read_text(encoding="utf-8")))
        assert named <= made, page


def test_named_test_files_exist():
    """A file of tests that a page names is there, linked or not."""
    there = {path.name for path in ROOT.rglob("test_*.py") if ".stack" not in str(path)}
    for page in PAGES:
        named = set(re.findall(r"\btest_\w+\.py", page.read_text(encoding="utf-8")))
        assert named <= there, page


def test_named_tests_exist():
    """Each test that the threat model names in a section is in the file beside it."""
    for line in text_of("docs/threat-model.md").splitlines():
        files = [
            ROOT / "docs" / name for name in LINK.findall(line) if "/test_" in name
        ]
        code = "".join(file.read_text(encoding="utf-8") for file in files)
        for name in re.findall(r"`(test_\w+)[*]?`", line):
            assert f"def {name}" in code, name


def test_every_threat_says_all_three():
    """Each threat has what is not protected, or says that it is not closed."""
    threats = text_of("docs/threat-model.md").split("\n## Threats\n")[1]
    sections = threats.split("\n## ")[0].split("\n### ")[1:]
    assert len(sections) > 15
    for section in sections:
        title = section.splitlines()[0]
        assert "*Tested.*" in section, title
        assert "ot protected" in section or title == "Two at once", title


def skeleton(text):
    """What a page and its translation have in common: all but the words."""
    lines = text.splitlines()
    tables = [line.count("|") for line in lines if line.startswith("|")]
    levels = [len(line) - len(line.lstrip("#")) for line in lines if line[:1] == "#"]
    numbered = [re.match(r"(> )?\d+\.", line) is not None for line in lines].count(True)
    items = [line.startswith(("- ", "* ")) for line in lines].count(True)
    code = sorted(re.findall(r"`[^`]+`", text))
    gaps = len(re.findall(r"\[(?:Fill in|Invullen)", text))
    return levels, tables, numbered, items, code, gaps


@pytest.mark.parametrize("page", DUTCH, ids=lambda page: page.name)
def test_dutch_has_what_english_has(page):
    """The same headings, tables, steps, names in code and gaps to fill in."""
    english = text_of(f"docs/{page.name}")
    if page.name == "threat-model.md":
        # The tests that prove each part are named in English only.
        english = re.sub(
            r"(?m)^(\*Tested\.\*|Tests?:|Each layer is tested).*\n", "", english
        )
        english = re.sub(r" \(\[test_pages_no_trace.py\]\(\S+\), `\w+`\)", "", english)
    assert skeleton(page.read_text(encoding="utf-8")) == skeleton(english)


def test_everything_for_the_council_is_dutch_too():
    """What employees' representatives get is in both languages."""
    assert [page.name for page in DUTCH] == [
        "dpia.md",
        "register.md",
        "threat-model.md",
        "works-council.md",
    ]


@pytest.mark.parametrize("page", DUTCH, ids=lambda page: page.name)
def test_dutch_is_addressed_to_you(page):
    """No "u", and no word that frightens."""
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"\b(u|uw|Uw|uitstroom|disfunctioneren)\b", text)


@pytest.mark.parametrize("name", ["dpia.md", "register.md"])
def test_employer_knows_what_to_fill_in(name):
    """What the program cannot know is marked, in the form that the page explains."""
    assert text_of(f"docs/{name}").count("[Fill in") > 10
    assert text_of(f"docs/nl/{name}").count("[Invullen") > 10


def test_threats_are_not_all_solved():
    """A page on which everything is protected would not be read to the end."""
    assert text_of("docs/threat-model.md").count("ot protected") > 10


def test_pictures():
    """Pictures that are shown exist, and those that exist are shown and light."""
    folder = ROOT / "docs" / "screenshots"
    there = {path for path in folder.glob("*") if path.is_file()}
    shown = {
        (page.parent / link).resolve()
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
        if link.endswith(".png")
    }
    assert there == shown
    for path in there:
        assert path.stat().st_size < LARGEST_PICTURE, path.name


def test_logins_of_the_walk_exist():
    """The people of the walk through the demo log in with their login as password."""
    rows = (
        (ROOT / "hr_career_focus/demo/logins.csv").read_text("utf-8").splitlines()[1:]
    )
    passwords = dict(row.split(",")[:2] for row in rows)
    walk = text_of("README.md").split("### A walk")[1].split("\n## ")[0]
    named = re.findall(r"\*\*([a-z]+)\*\*", walk)
    assert len(named) > 5
    for login in named:
        assert passwords[login] == login


@pytest.mark.parametrize("addon", EVERY)
def test_generated_pages_are_fresh(addon):
    """README.rst and the description page are those of the fragments."""
    for path, text in readme.pages(addon).items():
        assert path.read_text(encoding="utf-8") == text, f"{path}: run 'make readme'"


@pytest.mark.parametrize("addon", EVERY)
def test_readme_is_clean(addon):
    """Odoo reads it when it installs the addon: nothing to complain of."""
    path = ROOT / addon / "README.rst"
    docutils.core.publish_doctree(
        path.read_text(encoding="utf-8"),
        settings_overrides={"halt_level": 2, "report_level": 5},
    )


@pytest.mark.parametrize("text", ["| a | b |", "> said", "- a\n  - b", "![x](y.png)"])
def test_unknown_markdown_is_refused(text):
    """What the generator cannot write is said, not lost."""
    with pytest.raises(ValueError, match="not supported"):
        readme.parse(text)


def test_roadmap_is_the_only_plan():
    """What is planned stands in one place."""
    for page in PAGES:
        if page.name == "ROADMAP.md" or "requirements" in page.parts:
            continue
        text = page.read_text(encoding="utf-8").lower()
        for word in ("todo", "coming soon", "will be added", "next release"):
            assert word not in text, f"{page}: {word}"


def test_licence_texts():
    """Both texts of the LGPL are there."""
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in text_of("LICENSE")
    assert "GNU GENERAL PUBLIC LICENSE" in text_of("COPYING")
    assert Path(ROOT / "HISTORY.md").exists()
