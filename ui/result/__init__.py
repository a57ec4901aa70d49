"""Trả kết quả: find the dossier, see who may take its result, confirm who did."""
