"""`python -m clerk_app.cli`: the command line where the program is not installed."""

import sys

from clerk_app.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
