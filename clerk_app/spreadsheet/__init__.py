"""The catalogue as a spreadsheet: the one room that opens .xlsx files, and trusts none of them."""
