"""What each reason carries: the one list that sentences are written from.

A :class:`~.answers.Reason` has a ``code``, the ``clause`` of the wording it rests on
and ``data``. Days are dates, quantities are decimals in the unit of the right,
``months`` and ``years`` are whole numbers, ``agreement`` is a name. A value that is
not known is ``None``; a key that is listed is always there. ``since`` is a first day,
``ends`` is the first day *after* something, ``ended_on`` is a last day.

Not known (status UNKNOWN); the first that is found decides, and all are told:

======================= =============================================================
NO_AGREEMENT            (nothing)
NO_START_DATE           (nothing)
NOT_VERIFIED            agreement
HOURS_UNKNOWN           on: a day of which the hours (or the part of full time) are
                        needed and not on record
WAGE_UNKNOWN            on: the same for the wage
BIRTHDAY_UNKNOWN        years: the age that is needed
CATEGORY_UNKNOWN        (nothing)
======================= =============================================================

No right (status NOT_ELIGIBLE):

======================= =============================================================
NO_RULE                 (nothing)
RULE_ENDED              ended_on: last day of the right, None when it never counted;
                        agreement
EMPLOYMENT_ENDED        ended_on: last day of the employment
CATEGORY_EXCLUDED       category
CONTRACT_TYPE_EXCLUDED  contract_type: of the contract; contract_types: tuple of the
                        types that have the right
TERM_TOO_SHORT          months: the term that is needed; start, end: of the contract
HOURS_TOO_FEW           hours: of the contract; min_hours: needed; exclusive: True
                        when more than that is needed
SERVICE_TOO_LONG        months: the most; start: of the service; ended_on: last day
                        of the right
LEAVING                 leaves_on: last day of work. From may_finish also: ended_on,
                        the same day
======================= =============================================================

Not now (status NOT_YET or USED_UP); what lasts longest comes first:

======================= =============================================================
RULE_STARTS_LATER       starts_on: first day of the (next) wording
NOT_EMPLOYED_YET        starts_on: first day of the employment to come
SERVICE_TOO_SHORT       months: needed; start: of the service; complete_on
TOO_YOUNG               years: the age that is needed; birthday: the day of that age
INTERVAL_RUNNING        granted, used, since, months, ends; counted_from: the day the
                        months run from (the completion, or the first use);
                        ends is None when no day is known
COMPLETION_PENDING      granted, used, since, months: to wait after completion
BLOCK_USED              granted, used, since, months, ends
USED_ONCE               granted, used, since: start of service; used_on: last use
NOTHING_SAVED           balance: zero, or below zero when used in advance; since:
                        entry; next_lot: day and quantity: size of the next quantity
                        (both None when there will be none); enough_on: the day
                        something can be used again (None: not known)
RULE_ENDS_FIRST         ended_on: last day of the right, before it could be used
EMPLOYMENT_ENDS_FIRST   ended_on: last day of work, before it could be used
======================= =============================================================

Available (status AVAILABLE); where what is left comes from is first:

======================= =============================================================
NEVER_USED              (nothing)
PARTLY_USED             granted, used, since, ends: None for a right that is given
                        once, and while a traject runs that the interval waits for
INTERVAL_OVER           since, ended_on, months: of the interval or block that is
                        over; ended_on is the first day after it (the day the right
                        came back)
SAVED                   balance, since: entry; next_lot, quantity: day and size of
                        the next quantity (both None when there will be none)
IN_ADVANCE              advance: what can be used before it is earned; balance: may
                        be below zero; since, next_lot, quantity: as in SAVED
SERVICE_MET             months: needed; start: of the service; served: full months
AFTER_EFFECT            agreement; ended_on: last day of the text itself
COMPANY_IMPROVES        agreement: name of the company's rules
GRANTED_EARLIER         granted: what was promised then; worth: what the text of now
                        gives
PART_TIME               fte: at most 1, as used; on: the day it is of
PART_PERIOD             months_left, months: of the block or period; since: entry
======================= =============================================================

AFTER_EFFECT, COMPANY_IMPROVES, PART_TIME and PART_PERIOD may also follow the reasons
of NOT_YET and USED_UP.

Conditions (in ``Entitlement.conditions``, whatever the answer): CONDITION_COACH,
CONDITION_CONSULTATION, CONDITION_PAYER, CONDITION_EXIT, CONDITION_OUTPUT each carry
``value``, one of the codes of that list, and are there only when it is not the
neutral one.

May a use go on (:func:`~.entitlement.may_finish`): EMPLOYMENT_ENDED with ended_on,
LEAVING with leaves_on and ended_on, NO_START_DATE with nothing.
"""
