"""The office: what a dossier is, and what a clerk can do with it."""
