"""Two versions of an agreement next to each other, in words.

Plain Python around two recordsets: nothing is stored. Rights are the same right when
their codes are; between two agreements too.
"""

from dataclasses import dataclass

NEW, GONE, CHANGED, SAME = "new", "gone", "changed", "same"


@dataclass(frozen=True)
class RightChange:
    """What becomes of one right: ``kind`` is NEW, GONE, CHANGED or SAME.

    ``lines`` says term by term what changes; of a new right and of one that is gone
    it holds the sentences of that right.
    """

    kind: str
    name: str
    lines: tuple[str, ...] = ()


class Comparison:
    """What changes from the version ``old`` to the version ``new``.

    Either may be empty: then every right is new, or gone.
    """

    def __init__(self, old, new):
        self.env = new.env
        self.old, self.new = old, new

    def changes(self):
        """Return a :class:`RightChange` for each right: new, changed, gone, same."""
        before = {rule.code: rule for rule in self.old.rule_ids}
        after = {rule.code: rule for rule in self.new.rule_ids}
        found = []
        for code, rule in after.items():
            if code not in before:
                found.append(RightChange(NEW, rule.name, rule._sentences()))
                continue
            lines = tuple(self.term_changes(before[code], rule))
            found.append(RightChange(CHANGED if lines else SAME, rule.name, lines))
        for code, rule in before.items():
            if code not in after:
                found.append(RightChange(GONE, rule.name, rule._sentences()))
        order = (NEW, CHANGED, GONE, SAME)
        return sorted(found, key=lambda change: order.index(change.kind))

    def date_changes(self):
        """Yield in words what is different about when the versions apply."""
        old, new = self.old, self.new
        if old._period_sentence() != new._period_sentence():
            yield self.env._(
                "It applied: %(old)s Now it applies: %(new)s",
                old=old._period_sentence(),
                new=new._period_sentence(),
            )
        stays = new.has_after_effect and new.valid_to
        stayed = old.has_after_effect and old.valid_to
        if stays and not stayed:
            yield self.env._("New: it stays in force after its last day.")
        if stayed and not stays and new.valid_to:
            yield self.env._("No longer: it stays in force after its last day.")

    def counts(self):
        """Return how many rights there are of each kind."""
        kinds = [change.kind for change in self.changes()]
        return {kind: kinds.count(kind) for kind in (NEW, CHANGED, GONE, SAME)}

    def term_changes(self, old, new):
        """Yield in words what is different about one right, term by term."""
        before, after = old._phrases(), new._phrases()
        for name in before | after:
            was, becomes = before.get(name), after.get(name)
            if was == becomes:
                continue
            if was and becomes:
                yield self.env._("From %(old)s to %(new)s", old=was, new=becomes)
            elif becomes:
                yield self.env._("New: %s", becomes)
            else:
                yield self.env._("No longer: %s", was)
        choices = new._choices()
        for name, (label, was) in old._choices().items():
            if choices[name] != (label, was):
                yield self.env._(
                    "%(label)s: from “%(old)s” to “%(new)s”",
                    label=label,
                    old=was,
                    new=choices[name][1],
                )
