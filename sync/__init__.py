"""Entries and files: an append-only journal, and how it reaches a central system and back.

This package knows subjects, entries and files. It knows nothing of dossiers, certificates or windows.
"""
