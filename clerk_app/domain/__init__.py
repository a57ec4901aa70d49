"""What the office knows, in plain Python: values, rules and moves; no file, no network, no tool."""
