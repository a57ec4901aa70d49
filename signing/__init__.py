"""Signing: PDFs signed and validated with keys on tokens. Knows bytes and certificates, never a dossier."""
