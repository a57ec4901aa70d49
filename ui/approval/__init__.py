"""Lists that a leader or the holder of the seal signs."""
