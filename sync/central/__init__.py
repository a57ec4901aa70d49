"""The reference central dossier system: what a counter's journal is told to, and what it learns from."""
