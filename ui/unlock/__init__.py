"""Mở quầy: who works here now, and the passphrase that opens the counter's files."""
