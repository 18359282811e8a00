"""Disclosure control of the uptake figures: pure Python, no ORM, no dependency.

A works council's expert can read these files without knowing Odoo, in this order:

``parameters``  the numbers agreed with the works council
``schedule``    the fixed days on which figures appear
``history``     from dated terms of employment to one line in the register
``register``    who is counted, in which unit, with which traits
``structure``   which groups get a row; decided by headcounts alone
``rounding``    how a count becomes the figure that is shown
``evidence``    what the readers of a year hold together: every row about it
``certificate`` the proof per person that the opposite could just as well be true
``checker``     the second pair of eyes, which counts every proof again
``release``     one release: rows, proof, fingerprint, chain
``shares``      percentages with their range, and what they allow one to say
``whatif``      other rules, tried on an invented organisation of the same shape
``sample``      an organisation of 60 people to follow by hand

``certificate_sample`` is the proof of those 60, by hand; ``certificate_data`` and
``certificate_board`` are what `certificate` works with.
"""
