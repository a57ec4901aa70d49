"""Chuyển tay lượt ký: the screen on which turns go to another counter by a folder or a stick, and come."""
