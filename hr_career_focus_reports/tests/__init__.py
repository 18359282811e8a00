from . import (
    test_attack_odoo_freeze,
    test_attack_odoo_money,
    test_attack_odoo_moves,
    test_documents,
    test_attack_odoo_pooling,
    test_attack_odoo_same,
    test_release,
    test_release_access,
    test_release_job,
    test_release_proof,
    test_release_queries,
    test_release_starts,
    test_rules_lock,
    test_release_tools,
    test_spending,
    test_translations,
    test_uptake_page,
    test_whatif_page,
)
from . import test_uptake_proof
from . import test_uptake_reach
