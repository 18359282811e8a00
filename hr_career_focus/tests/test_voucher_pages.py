"""Vouchers on the own page: over HTTP, on the screen, on paper and in a photograph."""

import base64
import io
import re
from decimal import Decimal

import numpy
import pypdfium2
import zxingcpp
from lxml import html
from PIL import Image, ImageFilter

from odoo.tests import freeze_time, tagged

from ..casework import vouchers
from ..casework.opening import vault
from ..engine import voucher_code
from ..engine.spend import Spend
from .common import NOW, TODAY
from .page_case import FILE, NOWHERE, PageCase

REDEEM = "/focus/redeem"


def read(picture):
    """Return what the one code in a picture says, read by another's decoder."""
    (found,) = zxingcpp.read_barcodes(picture)
    return found.text


def photographed(picture, seed=3):
    """Return a picture as a telephone takes it: askew, at an angle, soft and grainy."""
    picture = picture.convert("RGB").resize((900, 900))
    table = Image.new("RGB", (1500, 1500), (176, 158, 131))
    table.paste(picture, (300, 300))
    table = table.rotate(11, resample=Image.BICUBIC, fillcolor=(176, 158, 131))
    # The far edge is shorter than the near one.
    corners = [(0, 0), (0, 1500), (1500, 1500), (1500, 0)]
    seen = [(170, 60), (0, 1500), (1500, 1440), (1370, 0)]
    table = table.transform(
        (1500, 1500), Image.PERSPECTIVE, _perspective(seen, corners), Image.BICUBIC
    )
    table = table.resize((700, 700)).filter(ImageFilter.GaussianBlur(1.1))
    grain = numpy.random.default_rng(seed).normal(0, 14, (700, 700, 3))
    shade = numpy.linspace(0.55, 1.05, 700)[None, :, None]
    pixels = numpy.clip(numpy.asarray(table) * shade + grain, 0, 255)
    stream = io.BytesIO()
    Image.fromarray(pixels.astype("uint8")).save(stream, "JPEG", quality=38)
    return Image.open(stream)


def _perspective(seen, corners):
    """Return the eight numbers that put ``corners`` where they are ``seen``."""
    rows, values = [], []
    for (x, y), (u, v) in zip(seen, corners, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
        values += [u, v]
    return numpy.linalg.solve(numpy.array(rows, float), numpy.array(values, float))


@freeze_time(NOW)
@tagged("post_install", "-at_install")
class TestVoucherPages(PageCase):
    def setUp(self):
        super().setUp()
        self.ref = self.make_request()
        self.path = FILE % self.ref
        self.login("victim")

    def make(self, quantity="300"):
        page = self.send_well(self.path, "voucher_make", quantity=quantity)
        return page, self.entry(page)

    def entry(self, page):
        """Return the entry of the first voucher that can be shown."""
        forms = page.xpath("//form[.//input[@value='voucher_show']]")
        return forms[0].xpath(".//input[@name='entry']/@value")[0]

    def text(self, page):
        (section,) = page.xpath("//section[@id='vouchers']")
        return " ".join(section.text_content().split())

    def shown(self, entry, do="voucher_show", status=200):
        response = self.send(self.path, do, entry)
        self.assertEqual(response.status_code, status, self.said(response))
        self.assertEqual(response.headers["Cache-Control"], "no-store")
        return response

    def test_make_show_end(self):
        page, entry = self.make()
        self.assertIn("300", self.text(page))
        self.assertNotIn(REDEEM, self.text(page))
        tree = html.fromstring(self.shown(entry).text)
        code = tree.xpath("//*[hasclass('o_cf_voucher_code')]/text()")[0].strip()
        self.assertEqual(voucher_code.shown(voucher_code.read(code)), code)
        source = tree.xpath("//section//img/@src")[0]
        raw = base64.b64decode(source.removeprefix("data:image/png;base64,"))
        said = read(Image.open(io.BytesIO(raw)))
        self.assertEqual(said, f"{self.base_url()}{REDEEM}#{voucher_code.read(code)}")
        page = self.send_well(self.path, "voucher_end", entry)
        self.assertIn("Ended", self.text(page))
        # It is no longer there to be shown, and the page says so.
        data = {"csrf_token": self.csrf(), "do": "voucher_show", "entry": entry}
        response = self.url_open(self.path, data=data, allow_redirects=False)
        self.assertEqual(response.status_code, 422)
        self.assertNotIn(code, response.text)

    def test_one_page_of_paper_that_can_be_read(self):
        """By another's decoder: as printed, and as photographed; in both languages."""
        _page, entry = self.make()
        for lang, words in (("en_US", "Worth when printed"), ("nl_NL", None)):
            with self.subTest(lang):
                self.users["victim"].lang = lang
                response = self.shown(entry, "voucher_paper")
                self.assertEqual(response.headers["Content-Type"], "application/pdf")
                paper = pypdfium2.PdfDocument(response.content)
                self.assertEqual(len(paper), 1)
                self.assertEqual(
                    [round(side) for side in paper[0].get_size()], [595, 842]
                )
                text = paper[0].get_textpage().get_text_bounded()
                code = re.search(r"(?:\w{4}-){7}\w{4}", text).group()
                said = f"{self.base_url()}{REDEEM}#{voucher_code.read(code)}"
                printed = paper[0].render(scale=3).to_pil()
                self.assertEqual(read(printed), said)
                box = (printed.width // 4, printed.height // 5)
                cut = printed.crop((*box, box[0] * 3, box[1] * 5 // 2))
                for seed in range(5):
                    self.assertEqual(read(photographed(cut, seed)), said)
                self.assertIn("300", text)
                if words:
                    self.assertIn(words, text)
                for name in ("Victim", self.company.name, self.canary):
                    self.assertNotIn(name, text)

    def test_a_picture_that_is_too_far_gone(self):
        """The decoder does not make it up: a torn picture says nothing."""
        _page, entry = self.make()
        paper = pypdfium2.PdfDocument(self.shown(entry, "voucher_paper").content)
        printed = paper[0].render(scale=2).to_pil()
        torn = printed.crop((0, 0, printed.width // 2, printed.height))
        self.assertEqual(zxingcpp.read_barcodes(torn), [])

    def test_refused_with_what_was_typed(self):
        response = self.send(self.path, "voucher_make", quantity="1000.01")
        self.assertRefused(response, "more than there is")
        tree = html.fromstring(response.text)
        self.assertEqual(
            tree.xpath("//input[@id='voucher-quantity']/@value"), ["1000.01"]
        )

    def test_pressed_twice_is_one(self):
        tree = self.page(self.path)
        data = {**self.form_values(tree, "voucher_make"), "quantity": "100"}
        for _time in range(2):
            self.url_open(self.path, data=data, allow_redirects=False)
        text = self.text(self.page(self.path))
        self.assertIn("At most", text)
        self.assertIn("900", text)

    def test_made_anew(self):
        _page, entry = self.make()
        page = self.send_well(self.path, "voucher_renew", entry)
        self.assertNotEqual(self.entry(page), entry)
        self.assertIn("Ended", self.text(page))
        self.assertFalse(page.xpath("//form[.//input[@value='voucher_renew']]"))

    def test_deleting_says_what_becomes_of_what_was_taken(self):
        warning = "counts as used, also when the provider undoes it later"
        door = self.employee_door()
        for taken in (False, True):
            case = door.case(self.ref)
            case.make_voucher("100")
            if taken:
                code = case.view.vouchers.vouchers[0].code
                with vault(self.env) as inside:
                    row, voucher = vouchers.by_code(inside, code, lock=True)
                    spend = Spend.now("once", 7, Decimal(40), TODAY)
                    vouchers.save(row, voucher.redeem(spend, TODAY))
                case.withdraw()
                self.assertIn(warning, self.url_open(FILE % self.ref).text)
            else:
                case.withdraw()
                page = self.url_open(FILE % self.ref).text
                self.assertIn("form-delete", page)
                self.assertNotIn(warning, page)
                self.ref = self.make_request()

    def test_the_owner_alone(self):
        """For others there is nothing, whatever they ask."""
        _page, entry = self.make()
        acts = ("voucher_show", "voucher_paper", "voucher_end", "voucher_renew")
        for login in ("colleague", "coach", "desk", "privacy_officer", "finance"):
            self.login(login)
            for do in acts:
                with self.subTest(login, do=do):
                    self.assertMissing(self.path, do=do, entry=entry, confirm="yes")
        self.login("victim")
        self.assertIn("Valid", self.text(self.page(self.path)))
        for do in acts[:2]:
            data = {"csrf_token": self.csrf(), "do": do, "entry": NOWHERE}
            response = self.url_open(self.path, data=data, allow_redirects=False)
            self.assertEqual(response.status_code, 404)

    def test_no_trace_of_the_code(self):
        """Not in a session, a mail, an attachment, a message or any plain column."""
        _page, entry = self.make()
        tree = html.fromstring(self.shown(entry).text)
        code = tree.xpath("//*[hasclass('o_cf_voucher_code')]/text()")[0].strip()
        self.shown(entry, "voucher_paper")
        self.env.flush_all()
        for text in (code, voucher_code.read(code)):
            self.assertNotIn(text, str(self.session))
            for table in self.tables():
                self.cr.execute(
                    f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s',
                    [f"%{text}%"],
                )
                self.assertEqual(self.cr.fetchone(), (0,), table)

    def tables(self):
        self.cr.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            " AND (tablename LIKE 'hr\\_%' OR tablename LIKE 'mail\\_%'"
            " OR tablename LIKE 'ir\\_%' OR tablename LIKE 'bus\\_%')"
        )
        return [name for (name,) in self.cr.fetchall()]
