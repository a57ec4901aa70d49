"""Signing in at an OpenID provider with the computer's own browser: the listener here, and what the provider says."""
