"""How central's tables came to be, step by step."""
