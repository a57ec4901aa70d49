"""What a clerk can do: one use case, one module, one callable."""
