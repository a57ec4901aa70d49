"""The reference central system of the tests, as a child process that says its port."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from clerk_app.services.serve_central import Address, serve_central


def main(folder: str, port: str) -> None:
    serve_central(Path(folder), Address(port=int(port or 0)), ready=say)


def say(port: int) -> None:
    sys.stdout.write(f"{port}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
