"""Kiểm tra thiết bị: whether each part of this counter is well, and what to do where it is not."""
