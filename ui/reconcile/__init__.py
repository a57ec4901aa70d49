"""Đối chiếu cuối ngày: the books of a day side by side, and each line that is open or differs."""
