"""The window without a display: its platform says of each window what it cannot do, and nobody needs to read that."""

import sys

from PySide6.QtCore import QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler

_KNOWN = "This plugin does not support propagateSizeHints()"


def hush() -> None:
    """Leave out that one sentence from now on; whatever else Qt says goes to standard error as before."""
    qInstallMessageHandler(_pass_on)


def _pass_on(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if message != _KNOWN:
        sys.stderr.write(qFormatLogMessage(kind, context, message) + "\n")
