from . import documents, spending, uptake, whatif
