"""Whatever is done to the lines of the log, the chain shows it."""

import unittest
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from ..vault import chain
from ..vault.keyring import Keyring

KEY = Keyring.fresh().derive(chain.CHAIN)
CONTENTS = st.lists(st.tuples(st.text(), st.text(max_size=5)), min_size=3, max_size=9)


def written(contents, forgotten=()):
    """Return the lines and the tip of a log that says ``contents``."""
    lines, before = [], chain.GENESIS
    for place, content in enumerate(contents, 1):
        digest = chain.digest_of(content)
        before = chain.link_of(KEY, before, place, digest)
        line = chain.Line(place, before, digest, content)
        if place in forgotten:
            rest = content[:1]
            mark = chain.mark_of(KEY, place, digest, rest)
            line = replace(line, content=None, rest=rest, mark=mark)
        lines.append(line)
    return lines, (len(lines), chain.tip_of(KEY, len(lines), before))


class TestChain(unittest.TestCase):
    def codes(self, lines, tip, heads=()):
        lines = sorted(lines, key=lambda line: line.place)
        return [flaw.code for flaw in chain.check(KEY, lines, tip, heads)]

    @given(CONTENTS, st.sets(st.integers(1, 9)))
    def test_positive_control_a_whole_log_has_no_flaw(self, contents, forgotten):
        """Also with lines that were emptied by rule, and with every head."""
        lines, tip = written(contents, forgotten)
        self.assertEqual(self.codes(lines, tip, [one.link for one in lines]), [])

    @given(CONTENTS, st.data())
    def test_any_edit_is_found(self, contents, data):
        lines, tip = written(contents)
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        other = data.draw(
            st.sampled_from(
                (
                    replace(line, content=(*line.content, "more")),
                    replace(line, content=("", *line.content)),
                    replace(line, digest=chain.digest_of(("other",))),
                    replace(
                        line,
                        content=("other",),
                        digest=chain.digest_of(("other",)),
                    ),
                    replace(line, link=chain.digest_of(("other",))),
                    replace(line, mark="x"),
                )
            )
        )
        lines[at] = other
        self.assertTrue(self.codes(lines, tip))

    @given(CONTENTS, st.data())
    def test_any_deletion_is_found(self, contents, data):
        lines, tip = written(contents)
        gone = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1))
        left = [line for at, line in enumerate(lines) if at not in gone]
        found = self.codes(left, tip)
        self.assertTrue({chain.MISSING, chain.CUT} & set(found), found)

    @given(CONTENTS, st.data())
    def test_closing_the_gap_does_not_help(self, contents, data):
        """Lines renumbered after a deletion, with the tip moved along."""
        lines, tip = written(contents)
        gone = data.draw(st.integers(0, len(lines) - 2))
        left = [
            replace(line, place=place)
            for place, line in enumerate(lines[:gone] + lines[gone + 1 :], 1)
        ]
        self.assertTrue(self.codes(left, (len(left), tip[1])))

    @given(CONTENTS, st.data())
    def test_any_insertion_is_found(self, contents, data):
        lines, tip = written(contents)
        at = data.draw(st.integers(1, len(lines) + 1))
        digest = chain.digest_of(("made up",))
        link = data.draw(st.sampled_from([line.link for line in lines]))
        mine = chain.Line(at, link, digest, ("made up",))
        moved = [
            replace(line, place=line.place + 1) if line.place >= at else line
            for line in lines
        ]
        self.assertTrue(self.codes([*moved, mine], tip))

    @given(CONTENTS, st.data())
    def test_any_swap_is_found(self, contents, data):
        lines, tip = written(contents)
        one, other = data.draw(
            st.lists(
                st.integers(0, len(lines) - 1), min_size=2, max_size=2, unique=True
            )
        )
        lines[one], lines[other] = (
            replace(lines[other], place=one + 1),
            replace(lines[one], place=other + 1),
        )
        self.assertIn(chain.FOREIGN, self.codes(lines, tip))

    @given(CONTENTS, st.data())
    def test_any_truncation_is_found(self, contents, data):
        """By the tip; and by a head when an older tip was put back with it."""
        lines, tip = written(contents)
        kept = data.draw(st.integers(0, len(lines) - 1))
        found = self.codes(lines[:kept], tip)
        self.assertEqual(found, [chain.CUT])
        left, older = written(contents[:kept])
        older = older if kept else None
        heads = [line.link for line in lines]
        found = self.codes(left, older, heads)
        self.assertIn(chain.HEAD, found)
        self.assertEqual(found.count(chain.HEAD), len(lines) - kept)

    @given(CONTENTS, st.data())
    def test_lines_of_another_history_are_found(self, contents, data):
        """Lines that once were real: kept, and put in the place of what came instead.

        Each of them is genuine and at its own place; only what it follows tells.
        """
        lines, tip = written(contents)
        begin = data.draw(st.integers(0, len(lines) - 2))
        end = data.draw(st.integers(begin + 1, len(lines) - 1))
        others, _tip = written(
            [*contents[:begin], *[(*one, "other") for one in contents[begin:]]]
        )
        mixed = lines[:begin] + others[begin:end] + lines[end:]
        self.assertEqual(self.codes(mixed, tip), [chain.FOREIGN])

    @given(CONTENTS, st.data())
    def test_emptying_is_told_from_forgetting(self, contents, data):
        lines, tip = written(contents)
        at = data.draw(st.integers(0, len(lines) - 1))
        other = lines[at - 1]
        rest = lines[at].content[:1]
        for mark in ("", chain.mark_of(KEY, other.place, other.digest, rest), "x"):
            emptied = replace(lines[at], content=None, rest=rest, mark=mark)
            found = self.codes([*lines[:at], emptied, *lines[at + 1 :]], tip)
            self.assertEqual(found, [chain.EMPTIED])

    @given(CONTENTS, st.data())
    def test_what_stays_of_a_forgotten_line_cannot_be_changed(self, contents, data):
        lines, tip = written(contents, range(1, len(contents) + 1))
        at = data.draw(st.integers(0, len(lines) - 1))
        rest = data.draw(st.lists(st.text(max_size=5), max_size=3).map(tuple))
        changed = replace(lines[at], rest=rest)
        found = self.codes([*lines[:at], changed, *lines[at + 1 :]], tip)
        expected = [] if rest == lines[at].rest else [chain.EMPTIED]
        self.assertEqual(found, expected)

    @given(CONTENTS)
    def test_another_key_fits_nothing(self, contents):
        lines, tip = written(contents)
        other = Keyring.fresh().derive(chain.CHAIN)
        found = [flaw.code for flaw in chain.check(other, lines, tip)]
        self.assertEqual(found, [*[chain.FOREIGN] * len(lines), chain.CUT])

    def test_heads_out_of_turn_are_found(self):
        lines, tip = written([("a",), ("b",), ("c",)])
        links = [line.link for line in lines]
        self.assertEqual(self.codes(lines, tip, links), [])
        self.assertEqual(self.codes(lines, tip, links[::-1]), [chain.HEAD] * 2)

    def test_a_log_that_is_gone_is_a_flaw(self):
        self.assertEqual(self.codes([], None), [chain.GONE])
