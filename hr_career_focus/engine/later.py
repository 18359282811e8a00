"""An answer whose reasons are worked out when somebody reads them."""

from functools import cached_property

from .answers import Entitlement, Reason

_FIELDS = tuple(Entitlement.__dataclass_fields__)
# A frozen value is made in one go, without naming each field.
_new, _set = object.__new__, object.__setattr__


class LaterEntitlement(Entitlement):
    """An :class:`~.answers.Entitlement` that knows how to find its reasons.

    What all answers about one right share is kept once, in a class of its own, see
    :func:`kind_of_answer`. An answer is equal to the one with the reasons in it::

        >>> class Batch:
        ...     def reasons(self, quick, rows, uses):
        ...         return (Reason("never_used"),)
        >>> kind = kind_of_answer(Batch(), None, {"rule_key": "r"})
        >>> soon = later({"status": "available"}, kind, (), ())
        >>> soon == Entitlement("r", "available", reasons=(Reason("never_used"),))
        True
        >>> Entitlement("r", "available") == soon
        False
        >>> soon.has_reason("never_used")
        True
    """

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:  # pylint: disable=method-hidden
        """Why, the deciding one first."""
        rows, uses = self.__dict__.pop("_question")
        return self._batch.reasons(self._quick, rows, uses)

    def __eq__(self, other):
        if not isinstance(other, Entitlement):
            return NotImplemented
        return all(getattr(self, one) == getattr(other, one) for one in _FIELDS)

    def __hash__(self):
        return hash(tuple(getattr(self, one) for one in _FIELDS))


def kind_of_answer(batch, quick, common: dict) -> type[LaterEntitlement]:
    """Return the class of the answers about one right, with what they share.

    ``batch`` is asked for the reasons of an answer, for ``quick``.
    """
    values = {**common, "_batch": batch, "_quick": quick}
    return type(LaterEntitlement.__name__, (LaterEntitlement,), values)


def later(values: dict, kind: type, rows: list, uses: list) -> LaterEntitlement:
    """Return an answer with these values, which become part of it.

    What is not among them is as in all answers of its kind, or by default.
    """
    answer = _new(kind)
    values["_question"] = rows, uses
    _set(answer, "__dict__", values)
    return answer
