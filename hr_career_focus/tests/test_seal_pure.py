"""The personal seal without Odoo's ORM: boxes, envelopes, passphrases, recovery."""

import base64
import json
import time
from unittest import TestCase

from hypothesis import given, settings
from hypothesis import strategies as st

from ..vault import passphrase, personal, recovery, sealing
from ..vault.errors import Unsealable, WrongPassphrase
from ..vault.keyring import Keyring
from ..vault.personal import Pair

RING = Keyring.fresh()
EMPLOYEE, COACH, STRANGER, OFFICE = (Pair.fresh() for _number in range(4))
READERS = {"employee": EMPLOYEE.public, "coach": COACH.public}
KEY = sealing.new_key()
PEPPER = b"p" * 32
LOCKED = personal.lock(EMPLOYEE, "purple ladder wet sunday", PEPPER, "mine")


def flipped(text, position, bit):
    """Return base64 ``text`` with one bit of what it says changed."""
    raw = bytearray(base64.b64decode(text))
    raw[position % len(raw)] ^= 1 << bit
    return base64.b64encode(raw).decode()


class TestEnvelopes(TestCase):
    @given(st.binary(min_size=1, max_size=400), st.text(max_size=40))
    @settings(max_examples=40, deadline=None)
    def test_readers_open_and_nobody_else(self, key, owner):
        envelope = personal.wrap_for(READERS, key, owner)
        for pair in (EMPLOYEE, COACH):
            self.assertEqual(personal.unwrap_with(pair, envelope, owner), key)
            with self.assertRaises(Unsealable):
                personal.unwrap_with(pair, envelope, owner + "x")
        with self.assertRaises(Unsealable):
            personal.unwrap_with(STRANGER, envelope, owner)

    @given(st.sampled_from(["epk", "key"]), st.integers(0, 10_000), st.integers(0, 7))
    @settings(max_examples=80, deadline=None)
    def test_a_flipped_bit_opens_nothing(self, part, position, bit):
        envelope = personal.wrap_for(READERS, KEY, "here")
        changed = dict(envelope[0], **{part: flipped(envelope[0][part], position, bit)})
        # X25519 ignores the highest bit of a point; the box is bound to its bytes.
        with self.assertRaises(Unsealable):
            personal.unwrap_with(EMPLOYEE, [changed], "here")
        self.assertEqual(personal.unwrap_with(EMPLOYEE, envelope, "here"), KEY)

    def test_a_stolen_entry_opens_for_nobody_else(self):
        """Somebody else's number on an entry, another role, another kind: nothing."""
        (mine,) = personal.wrap_for({"employee": EMPLOYEE.public}, KEY, "here")
        for change in (
            {"kid": STRANGER.fingerprint},
            {"as": "coach"},
            {"to": personal.RECOVERY},
        ):
            for pair in (EMPLOYEE, STRANGER):
                with self.subTest(change), self.assertRaises(Unsealable):
                    personal.unwrap_with(pair, [dict(mine, **change)], "here")
        self.assertEqual(personal.unwrap_with(EMPLOYEE, [mine], "here"), KEY)

    def test_foreign_envelope(self):
        """The envelope of another text, or keys swapped between two, opens nothing."""
        one = personal.wrap_for(READERS, KEY, "one")
        other = personal.wrap_for(READERS, sealing.new_key(), "other")
        with self.assertRaises(Unsealable):
            personal.unwrap_with(EMPLOYEE, other, "one")
        mixed = [dict(one[0], key=other[0]["key"])]
        with self.assertRaises(Unsealable):
            personal.unwrap_with(EMPLOYEE, mixed, "one")

    def test_dropped_reader(self):
        envelope = personal.without(personal.wrap_for(READERS, KEY, "here"), "coach")
        with self.assertRaises(Unsealable):
            personal.unwrap_with(COACH, envelope, "here")
        self.assertEqual(personal.unwrap_with(EMPLOYEE, envelope, "here"), KEY)
        self.assertEqual(
            personal.readers_of(envelope), {"employee": EMPLOYEE.fingerprint}
        )

    def test_low_order_points_are_refused(self):
        for raw in (bytes(32), b"\x01" + bytes(31)):
            with self.assertRaises(Unsealable):
                personal.wrap_for({"employee": personal.Public(raw)}, KEY, "here")

    def test_damaged_entries(self):
        for entry in (
            {},
            {"to": "person", "kid": EMPLOYEE.fingerprint},
            {
                "to": "person",
                "kid": EMPLOYEE.fingerprint,
                "epk": 1,
                "key": "",
                "as": "",
            },
            {
                "to": "person",
                "kid": EMPLOYEE.fingerprint,
                "epk": "!",
                "key": "",
                "as": "",
            },
        ):
            with self.subTest(entry), self.assertRaises(Unsealable):
                personal.unwrap_with(EMPLOYEE, [entry], "here")

    def test_one_envelope_for_the_server_and_for_people(self):
        """Rotation renews the server's part and leaves the people's as they are."""
        people = personal.wrap_for(READERS, KEY, "here")
        both = json.dumps(json.loads(sealing.wrap(RING, KEY, "here")) + people)
        rotated = RING.rotated()
        renewed = sealing.rewrap(rotated, both, "here")
        self.assertEqual(sealing.wrapped_under(renewed), rotated.active)
        self.assertEqual(sealing.unwrap(rotated.without_old(), renewed, "here"), KEY)
        self.assertEqual([one for one in json.loads(renewed) if "epk" in one], people)
        self.assertEqual(personal.unwrap_with(COACH, json.loads(renewed), "here"), KEY)
        alone = json.dumps(people)
        self.assertEqual(sealing.rewrap(rotated, alone, "here"), alone)
        self.assertIsNone(sealing.wrapped_under(alone))
        with self.assertRaises(Unsealable):
            sealing.unwrap(rotated, alone, "here")


class TestPassphrase(TestCase):
    def test_opens_with_the_passphrase_only(self):
        for typed in ("purple ladder wet sunday", " purple ladder wet sunday "):
            self.assertEqual(personal.unlock(LOCKED, typed, PEPPER, "mine"), EMPLOYEE)
        for typed, pepper, owner in (
            ("purple ladder wet monday", PEPPER, "mine"),
            ("", PEPPER, "mine"),
            ("purple ladder wet sunday", b"q" * 32, "mine"),
            ("purple ladder wet sunday", PEPPER, "yours"),
        ):
            with self.assertRaises(WrongPassphrase):
                personal.unlock(LOCKED, typed, pepper, owner)

    def test_accents_typed_in_two_ways(self):
        locked = personal.lock(COACH, "caf\u00e9 fianc\u00e9e na\u00efve", PEPPER, "x")
        typed = "cafe\u0301 fiance\u0301e nai\u0308ve"
        self.assertEqual(personal.unlock(locked, typed, PEPPER, "x"), COACH)

    def test_damaged(self):
        whole = json.loads(LOCKED)
        for change in (
            {"kdf": "none"},
            {"salt": "!"},
            {"key": flipped(whole["key"], 40, 3)},
            {"salt": flipped(whole["salt"], 1, 1)},
        ):
            with self.subTest(change), self.assertRaises(WrongPassphrase):
                personal.unlock(
                    json.dumps({**whole, **change}),
                    "purple ladder wet sunday",
                    PEPPER,
                    "mine",
                )

    def test_guessing_costs_time_and_memory(self):
        start = time.perf_counter()
        with self.assertRaises(WrongPassphrase):
            personal.unlock(LOCKED, "a wrong passphrase", PEPPER, "mine")
        self.assertGreater(time.perf_counter() - start, 0.02)
        self.assertEqual(128 * personal.SCRYPT_N * personal.SCRYPT_R, 32 * 2**20)

    @given(st.text(max_size=60))
    @settings(deadline=None)
    def test_short_ones_are_never_taken(self, typed):
        told = passphrase.judge(typed)
        if len(typed.strip()) < 6:
            self.assertEqual(told, passphrase.TOO_SHORT)
        if len(typed) > 3 and typed.isalnum():
            self.assertIn(
                passphrase.judge(typed, known=[typed]),
                (passphrase.TOO_SHORT, passphrase.TOO_SIMPLE),
            )

    def test_halves(self):
        browser, server = personal.halve(EMPLOYEE, b"s" * 32, "me")
        rejoin = personal.rejoin
        self.assertEqual(rejoin(browser, server, b"s" * 32, "me"), EMPLOYEE)
        for wrong in (
            ("x" * len(browser), server, b"s" * 32, "me"),
            (browser, flipped(server, 30, 2), b"s" * 32, "me"),
            (browser, server, b"t" * 32, "me"),
            (browser, server, b"s" * 32, "you"),
        ):
            with self.assertRaises(Unsealable):
                rejoin(*wrong)
        private = EMPLOYEE.private
        for half in (browser, server):
            self.assertNotIn(base64.b64encode(private).decode(), half)


class TestRecovery(TestCase):
    def envelope(self, whose="Vera Victim", owner="here"):
        return [
            *personal.wrap_for(READERS, KEY, owner),
            recovery.recipient(OFFICE.public, KEY, whose, owner),
        ]

    def asked(self, entries):
        return recovery.request(STRANGER.public, entries)

    def test_there_and_back(self):
        asked = self.asked({"here": self.envelope()})
        number, names = recovery.look(asked, OFFICE)
        self.assertEqual((number, names), (STRANGER.fingerprint, {"Vera Victim": 1}))
        given_back = recovery.answer(asked, OFFICE, "vera victim")
        self.assertEqual(recovery.read_answer(given_back, STRANGER), {"here": KEY})
        with self.assertRaises(Unsealable):
            recovery.read_answer(given_back, EMPLOYEE)

    def test_texts_of_somebody_else_are_left_out(self):
        """A request with another's envelopes in it gives nothing of the other."""
        asked = self.asked(
            {"here": self.envelope(), "there": self.envelope("Karel", "there")}
        )
        self.assertEqual(
            recovery.look(asked, OFFICE)[1], {"Vera Victim": 1, "Karel": 1}
        )
        given_back = recovery.answer(asked, OFFICE, "Vera Victim")
        self.assertEqual(set(recovery.read_answer(given_back, STRANGER)), {"here"})

    def test_another_office_opens_nothing(self):
        asked = self.asked({"here": self.envelope()})
        self.assertEqual(recovery.look(asked, STRANGER)[1], {})
        given_back = recovery.answer(asked, STRANGER, "Vera Victim")
        self.assertEqual(recovery.read_answer(given_back, STRANGER), {})

    def test_each_of_two_offices_opens_its_own(self):
        other = [
            *personal.wrap_for(READERS, KEY, "there"),
            recovery.recipient(STRANGER.public, KEY, "Vera Victim", "there"),
        ]
        entries = {"here": self.envelope(), "there": other}
        self.assertEqual(
            set(recovery.offices(entries)), {OFFICE.fingerprint, STRANGER.fingerprint}
        )
        asked = self.asked(entries)
        for office, owner in ((OFFICE, "here"), (STRANGER, "there")):
            self.assertEqual(recovery.look(asked, office)[1], {"Vera Victim": 1})
            given_back = recovery.answer(asked, office, "Vera Victim")
            self.assertEqual(set(recovery.read_answer(given_back, STRANGER)), {owner})

    def test_moved_and_foreign_files(self):
        asked = json.loads(self.asked({"here": self.envelope()}))
        asked["texts"][0]["owner"] = "there"
        with self.assertRaises(Unsealable):
            recovery.look(json.dumps(asked).encode(), OFFICE)
        for content in (b"", b"[]", b"{}", b"\xff", b'{"kind": "focus-request"}'):
            with self.subTest(content), self.assertRaises(Unsealable):
                recovery.look(content, OFFICE)
            with self.assertRaises(Unsealable):
                recovery.read_answer(content, EMPLOYEE)

    def test_line_copied_badly(self):
        line = recovery.write_public(OFFICE.public)
        self.assertEqual(recovery.read_public(f" {line}\n"), OFFICE.public)
        for wrong in (line[:-1], line + "A", line.replace("focus", "other"), "", None):
            with self.subTest(wrong), self.assertRaises(Unsealable):
                recovery.read_public(wrong)
        at = len(recovery.PREFIX) + 5
        wrong = line[:at] + ("A" if line[at] != "A" else "B") + line[at + 1 :]
        with self.assertRaises(Unsealable):
            recovery.read_public(wrong)
