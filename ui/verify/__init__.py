"""Kiểm tra chữ ký: whose signatures a file carries, and whether it is still what they signed."""
