"""Sổ theo dõi hồ sơ: every dossier of this counter, found by a few letters, with what was done to it."""
