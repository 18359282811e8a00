from . import (
    test_casework_flow,
    test_coach,
    test_conflict,
    test_engine_cases,
    test_engine_properties,
    test_importer_cells,
    test_importer_reading,
    test_mandate,
    test_roles,
    test_vault_pure,
    test_wall_layers,
)
