"""Ký tệp: any PDF approved, issued, taken in or copied."""
