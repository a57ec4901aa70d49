"""Thiết lập: what the office sets at its own counter, the header of its papers and its tools."""
