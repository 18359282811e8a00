"""The vault: keys, sealing, blind index and scope. Pure Python, no ORM.

Nothing here is reachable from a server action or a template: they cannot import, and
no model method hands these functions out.
"""
