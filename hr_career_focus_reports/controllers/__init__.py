from . import documents, spending, uptake
