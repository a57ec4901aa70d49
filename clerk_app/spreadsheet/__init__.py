"""Catalogue and calendar as spreadsheets: the one room that opens .xlsx files, and trusts none of them."""
