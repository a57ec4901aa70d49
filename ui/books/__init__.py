"""Sổ số: the page of books without gaps: who holds each, its last numbers, opened, handed over, taken over, a number void."""
