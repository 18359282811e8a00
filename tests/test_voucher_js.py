"""The page reads a code as the server does, whatever is typed."""

import base64
import random
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import sync_playwright

from odoo.tools.misc import file_path

from odoo.addons.hr_career_focus.engine import voucher_code as codes
from odoo.addons.hr_career_focus.tests.hostile_codes import all_wrong

SCRIPT = "hr_career_focus/static/src/js/voucher_code.js"
READ = """async ([source, texts]) => {
    const {read, shown} = await import(`data:text/javascript;base64,${source}`);
    return texts.map((text) => {
        try {
            const code = read(text);
            return [code, shown(code)];
        } catch (error) {
            return [error.reason, error.group];
        }
    });
}"""


@pytest.fixture(scope="module")
def in_the_page():
    """A function that reads texts in a browser."""
    source = base64.b64encode(Path(file_path(SCRIPT)).read_bytes()).decode()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page()
        yield lambda texts: page.evaluate(READ, [source, texts])
        browser.close()


def on_the_server(text):
    try:
        code = codes.read(text)
    except codes.CodeError as error:
        return [error.reason, error.group]
    return [code, codes.shown(code)]


def test_good_codes(in_the_page):
    drawn = [codes.draw() for _nr in range(500)]
    texts = [text for code in drawn for text in (code, codes.shown(code).lower())]
    texts += [f"https://focus.example/focus/redeem#{code}" for code in drawn[:50]]
    texts += [code.replace("8", "b").replace("V", "u") for code in drawn]
    found = in_the_page(texts)
    assert found == [on_the_server(text) for text in texts]
    assert found[0][0] == drawn[0]


def test_wrong_codes(in_the_page):
    """Ten thousand that are mistyped, cut off, foreign or hostile."""
    texts = [text for text in all_wrong(codes.draw()) if _survives(text)]
    assert len(texts) > 10_000
    expected = [on_the_server(text) for text in texts]
    assert {one[0] for one in expected} >= {codes.LENGTH, codes.SIGN, codes.CHECK}
    for text, here, there in zip(texts, expected, in_the_page(texts), strict=True):
        assert here == there, repr(text)


def test_any_signs(in_the_page):
    mixed = random.Random(5)
    signs = codes.SIGNS + codes.BETWEEN + "bszugBSZUG01OIlq#ßİ٣😀e\u0301"
    texts = [
        "".join(mixed.choices(signs, k=mixed.randrange(70))) for _nr in range(3000)
    ]
    texts += ["2" * nr for nr in range(395, 405)] + ["😀" * 400, "😀" * 401]
    assert in_the_page(texts) == [on_the_server(text) for text in texts]


def _survives(text):
    """Half a character pair cannot be sent to a browser at all."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
