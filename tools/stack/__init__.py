"""The ground Career Focus stands on: Odoo 19, PostgreSQL, browser, tests, checks.

Everything lives below one folder (``.stack``, or ``STACK_HOME``), needs no root
and changes nothing of the system. Run ``python3 tools/stack --help``.
"""
