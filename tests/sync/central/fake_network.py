"""A fake network: a TCP relay that can be down, lose an answer after the server has given it, or break off an upload."""

import socket
import threading
from contextlib import suppress


class FakeNetwork:
    """Relays to one port of this machine. Change its faults at any time; they hold for what comes then."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.down = False
        self.lost_answers = 0  # the next so many answers never arrive
        self.up_left: int | None = None  # bytes upwards before the line breaks
        self.sent_up = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._lines: set[socket.socket] = set()
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def close(self) -> None:
        self._listener.close()
        _hang_up(*list(self._lines))

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                asker, _ = self._listener.accept()
                if self.down:
                    asker.close()
                    continue
                try:
                    server = socket.create_connection(("127.0.0.1", self.port))
                except ConnectionError:  # nobody answers there
                    asker.close()
                    continue
                threading.Thread(target=self._relay, args=(asker, server), daemon=True).start()

    def _relay(self, asker: socket.socket, server: socket.socket) -> None:
        """Relay until one side hangs up; thousands of lines are opened in a long run, so each is given back."""
        self._lines |= {asker, server}
        for line in (asker, server):  # like the sides themselves: what is short goes at once
            line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        back = threading.Thread(target=self._back, args=(asker, server), daemon=True)
        back.start()
        self._up(asker, server)
        back.join()
        self._lines -= {asker, server}
        for line in (asker, server):
            line.close()

    def _up(self, asker: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := asker.recv(65536):
                if self.down:
                    break
                if self.up_left is not None:
                    data = data[: self.up_left]
                    self.up_left -= len(data)
                server.sendall(data)
                self.sent_up += len(data)
                if self.up_left == 0:
                    break
        _hang_up(asker, server)

    def _back(self, asker: socket.socket, server: socket.socket) -> None:
        with suppress(OSError):
            while data := server.recv(65536):
                if self.down:
                    break
                if self.lost_answers:
                    self.lost_answers -= 1
                    break
                asker.sendall(data)
        _hang_up(asker, server)


def _hang_up(*lines: socket.socket) -> None:
    for line in lines:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
