"""Gửi, nhận dữ liệu: what waits for central, and since when this counter is alone."""
