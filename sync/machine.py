"""Which computer this is, as its operating system says: tells a copied folder from the one that was copied."""

import sys
from pathlib import Path

if sys.platform == "win32":
    import winreg

    def machine_id() -> str:
        """Return the name that Windows gave this installation, "" where it cannot be read."""
        try:
            with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
                return str(winreg.QueryValueEx(key, "MachineGuid")[0])
        except OSError:
            return ""
else:
    _NAMED_IN = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))

    def machine_id() -> str:
        """Return the name of this installation of the system, "" where it has none."""
        for path in _NAMED_IN:
            try:
                return path.read_text("ascii").strip()
            except (OSError, UnicodeDecodeError):
                continue
        return ""
