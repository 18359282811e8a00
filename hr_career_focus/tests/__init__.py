from . import (
    test_casework_flow,
    test_vault_pure,
    test_wall_layers,
)
