"""One window a counter: who starts the program again brings the open window up, and goes."""

import hashlib
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

LOCK = "window.lock"
_PATIENCE = 3000  # milliseconds until an open window that does not answer counts as hung


class SingleInstance(QObject):
    """The hold on one counter's folder, as far as windows go; the journal has a stronger one of its own.

    `asked` comes when somebody started the program again.
    """

    asked = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = f"quay-mot-cua-{hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:24]}"
        self._lock = QLockFile(str(folder / LOCK))
        self._lock.setStaleLockTime(0)  # held all day; one left by a crash is known by its process
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_visitor)

    def take(self) -> bool:
        """Be the counter's window; False when another one is open. A folder that cannot be written holds nobody up."""
        if not self._lock.tryLock(0) and self._lock.error() is QLockFile.LockError.LockFailedError:
            return False
        QLocalServer.removeServer(self._name)  # what a crash left behind
        self._server.listen(self._name)
        return True

    def call_the_other(self) -> bool:
        """Bring the open window up; False when it does not answer."""
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_PATIENCE):
            return False
        return (
            socket.waitForDisconnected(_PATIENCE)
            or socket.state() is socket.LocalSocketState.UnconnectedState
        )

    def release(self) -> None:
        """Let another window come."""
        self._server.close()
        self._lock.unlock()

    def _on_visitor(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.disconnectFromServer()  # the answer: somebody is at home
            self.asked.emit()
