"""How the shipped models were made; nothing here is imported at run time."""
