from . import (
    change_password_own,
    partner_merge,
    agreement_check,
    agreement_comparison,
    agreement_exchange,
    agreement_exchange_line,
    employee_import,
    employee_import_line,
    entitlement_preview,
    provider_key,
    setup,
    setup_line,
)
