"""The figures: what an act costs here, against a named yardstick measured in the same run."""
