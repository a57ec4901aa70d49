"""Practice: a whole office on one computer, with a practice CA, token, officers, papers and central system.

Nothing here is worth anything outside: certificates, PINs and passphrases are published on purpose,
and every paper says that it was made for practice.
"""
