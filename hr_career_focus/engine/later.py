"""An answer whose reasons are worked out when somebody reads them."""

from functools import cached_property

from .answers import Entitlement, Reason

_FIELDS = tuple(Entitlement.__dataclass_fields__)


class LaterEntitlement(Entitlement):
    """An :class:`~.answers.Entitlement` that knows how to find its reasons.

    It is equal to the answer with the reasons in it::

        >>> reason = Reason("never_used")
        >>> class Batch:
        ...     def reasons(self, *question):
        ...         return (reason,)
        >>> values = {"rule_key": "r", "status": "available"}
        >>> soon = later(values, Batch(), None, (), ())
        >>> soon == Entitlement("r", "available", reasons=(reason,))
        True
        >>> Entitlement("r", "available") == soon
        False
        >>> soon.has_reason("never_used")
        True
    """

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:  # pylint: disable=method-hidden
        """Why, the deciding one first."""
        batch, *question = self.__dict__.pop("_question")
        return batch.reasons(*question)

    def __eq__(self, other):
        if not isinstance(other, Entitlement):
            return NotImplemented
        return all(getattr(self, one) == getattr(other, one) for one in _FIELDS)

    def __hash__(self):
        return hash(tuple(getattr(self, one) for one in _FIELDS))


def later(values: dict, batch, quick, rows: list, uses: list) -> LaterEntitlement:
    """Return an answer with these values; what is not among them is as by default.

    ``batch`` is asked for the reasons, with the rest of the arguments.
    """
    answer = LaterEntitlement.__new__(LaterEntitlement)
    answer.__dict__.update(values, _question=(batch, quick, rows, uses))
    return answer
