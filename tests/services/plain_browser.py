"""The test "browser": plain `requests` that follows the sign-in's pages as a person would, on a thread of its own.

It stands where the computer's own browser would; everything it speaks to is real.
"""

import re
import threading
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qs, urljoin, urlsplit

import requests

_HIDDEN = re.compile(r'<input type="hidden" name="([^"]*)" value="([^"]*)">')
_ACTION = re.compile(r'<form method="post" action="([^"]*)">')


@dataclass
class PlainBrowser:
    """`password` is what the person types; `officer` too, unless the page knows whom it waits for."""

    password: str
    officer: str = ""
    stays: bool = False  # the person never types anything
    was_at: list[str] = field(default_factory=list)  # addresses
    saw: list[str] = field(default_factory=list)  # pages
    returned: str = ""  # the address by which the provider sent it back
    _thread: threading.Thread | None = None

    def open(self, address: str) -> bool:
        """As `webbrowser.open`: returns at once."""
        self.was_at.append(address)
        if not self.stays:
            self._thread = threading.Thread(target=self._go, args=(address,))
            self._thread.start()
        return True

    def wait(self) -> None:
        if self._thread is not None:
            self._thread.join(30)

    def _go(self, address: str) -> None:
        page = requests.get(address, timeout=10, allow_redirects=False)
        answer = self.sends_the_form(address, page) if page.status_code == 200 else page
        if (there := answer.headers.get("Location")) is not None:
            self.returned = there
            self.saw.append(requests.get(there, timeout=10).text)

    def sends_the_form(self, address: str, page: requests.Response) -> requests.Response:
        """Fill the page's form in and send it."""
        self.saw.append(page.text)
        action = _ACTION.search(page.text)
        assert action is not None, page.text
        told = {unescape(name): unescape(value) for name, value in _HIDDEN.findall(page.text)}
        told["officer"] = self.officer or parse_qs(urlsplit(address).query)["login_hint"][0]
        told["password"] = self.password
        answer = requests.post(urljoin(address, action[1]), told, timeout=20, allow_redirects=False)
        self.saw.append(answer.text)
        return answer
