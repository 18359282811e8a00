"""The vault without Odoo's ORM: keys, sealing, index, scope."""

import base64
import json
import os
import stat
import tempfile
import threading
from pathlib import Path
from unittest import TestCase
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from ..vault import keyring, location, scope, sealing
from ..vault.blind_index import blind
from ..vault.errors import KeyMissing, KeyUnsafe, Unsealable
from ..vault.keyring import Keyring

RING = Keyring.fresh()
KEY = sealing.new_key()


class TestKeyFile(TestCase):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "inner" / "vault.key"
        patcher = patch.dict(os.environ, {location.ENVIRONMENT: str(self.path)})
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_made_once_for_the_owner_alone(self):
        self.assertTrue(keyring.ensure_key_file())
        first = self.path.read_bytes()
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.assertFalse(keyring.ensure_key_file())
        self.assertEqual(self.path.read_bytes(), first)

    def test_two_workers_starting_at_once_agree(self):
        rings = []

        def start():
            keyring.ensure_key_file()
            rings.append(keyring.read_key_file(self.path).root)

        threads = [threading.Thread(target=start) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual((len(rings), len(set(rings))), (8, 1))
        self.assertEqual(os.listdir(self.path.parent), ["vault.key"])

    def test_missing_key_is_an_error_and_never_a_reason_to_go_on(self):
        with self.assertRaisesRegex(KeyMissing, "backup"):
            keyring.load_keyring()
        self.assertFalse(self.path.exists())

    def test_readable_by_others_is_refused(self):
        keyring.ensure_key_file()
        keyring.load_keyring()
        self.path.chmod(0o644)
        with self.assertRaises(KeyUnsafe):
            keyring.load_keyring()
        self.path.chmod(0o400)
        self.assertIsInstance(keyring.load_keyring(), Keyring)

    def test_damaged_file_is_refused(self):
        keyring.ensure_key_file()
        whole = json.loads(self.path.read_bytes())
        for change in (
            b"",
            b"not json",
            b"[]",
            json.dumps(dict(whole, active="gone")).encode(),
            json.dumps(dict(whole, root="AAAA")).encode(),
            json.dumps(dict(whole, format=99)).encode(),
        ):
            with self.subTest(change[:20]), self.assertRaises(KeyUnsafe):
                Keyring.from_bytes(change)
        read = Keyring.from_bytes(self.path.read_bytes())
        self.assertEqual(read.active, whole["active"])

    def test_changed_file_is_read_again(self):
        keyring.ensure_key_file()
        first = keyring.load_keyring()
        keyring.write_key_file(self.path, first.rotated(), replace_existing=True)
        self.assertEqual(len(keyring.load_keyring().keys), 2)

    def test_rotation_keeps_what_is_sealed(self):
        envelope = sealing.wrap(RING, KEY, "ref")
        rotated = RING.rotated()
        self.assertEqual(sealing.unwrap(rotated, envelope, "ref"), KEY)
        renewed = sealing.rewrap(rotated, envelope, "ref")
        self.assertEqual(sealing.wrapped_under(renewed), rotated.active)
        alone = rotated.without_old()
        self.assertEqual(sealing.unwrap(alone, renewed, "ref"), KEY)
        with self.assertRaises(KeyMissing):
            sealing.unwrap(alone, envelope, "ref")


class TestSealing(TestCase):
    @given(st.binary(max_size=9000), st.lists(st.text(max_size=20), max_size=4))
    def test_opens_only_at_its_place(self, data, parts):
        where = sealing.place(*parts)
        text = sealing.seal(KEY, data, where)
        self.assertEqual(sealing.open_sealed(KEY, text, where), data)
        with self.assertRaises(Unsealable):
            sealing.open_sealed(KEY, text, sealing.place(*parts, ""))
        with self.assertRaises(Unsealable):
            sealing.open_sealed(sealing.new_key(), text, where)

    @given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
    def test_places_are_unambiguous(self, one, other):
        self.assertEqual(sealing.place(*one) == sealing.place(*other), one == other)

    @given(st.binary(max_size=300), st.data())
    def test_a_flipped_bit_does_not_open(self, data, draw):
        raw = bytearray(base64.b64decode(sealing.seal(KEY, data, b"")))
        position = draw.draw(st.integers(0, len(raw) - 1))
        raw[position] ^= 1 << draw.draw(st.integers(0, 7))
        with self.assertRaises(Unsealable):
            sealing.open_sealed(KEY, base64.b64encode(raw).decode(), b"")

    def test_lengths_do_not_tell(self):
        lengths = {len(sealing.seal(KEY, b"x" * size, b"")) for size in range(250)}
        self.assertEqual(len(lengths), 1)

    def test_same_text_never_looks_the_same(self):
        seen = {sealing.seal(KEY, b"same", b"") for _number in range(50)}
        self.assertEqual(len(seen), 50)

    def test_envelope_of_another_traject_does_not_open(self):
        envelope = sealing.wrap(RING, KEY, "mine")
        self.assertEqual(sealing.unwrap(RING, envelope, "mine"), KEY)
        with self.assertRaises(Unsealable):
            sealing.unwrap(RING, envelope, "yours")
        with self.assertRaises(KeyMissing):
            sealing.unwrap(Keyring.fresh(), envelope, "mine")

    def test_shredded_and_damaged_envelopes(self):
        for envelope in ("", False, None, "[]", "{}", "x", '[{"to": "key-file"}]'):
            with self.subTest(envelope), self.assertRaises(Unsealable):
                sealing.unwrap(RING, envelope, "ref")

    def test_other_recipients_survive_rotation(self):
        """A participant's own key is another entry of the same list."""
        recipients = json.loads(sealing.wrap(RING, KEY, "ref"))
        recipients.append({"to": "person", "key": "sealed"})
        renewed = sealing.rewrap(RING.rotated(), json.dumps(recipients), "ref")
        self.assertIn({"to": "person", "key": "sealed"}, json.loads(renewed))


class TestIndexAndScope(TestCase):
    def test_index_needs_the_key(self):
        self.assertEqual(blind(RING, "user", 3), blind(RING.rotated(), "user", 3))
        self.assertNotEqual(blind(RING, "user", 3), blind(Keyring.fresh(), "user", 3))
        self.assertEqual(len({blind(RING, "user", one) for one in range(100)}), 100)

    def test_scope_stays_in_its_own_thread(self):
        seen = []
        with scope.opened():
            thread = threading.Thread(target=lambda: seen.append(scope.is_open()))
            thread.start()
            thread.join()
            self.assertTrue(scope.is_open())
        self.assertEqual(seen, [False])
        with self.assertRaises(ZeroDivisionError), scope.opened():
            1 / 0
        self.assertFalse(scope.is_open())
