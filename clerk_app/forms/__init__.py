"""The statutory forms of the counter as PDF/A: values in, bytes and signature places out. No file, no network."""
