"""What people see and press: the window of the counter. Qt lives here, and only here."""
