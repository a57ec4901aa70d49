"""Short questions over HTTP to strangers: time-stamp authorities, OCSP responders, shelves of CRLs.

The only room of this floor that speaks HTTP. Every question ends: at a deadline for the whole of it, at so many bytes,
after few hops; http and https only. No passwords of this computer are sent, and what `requests` raises stays here.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

import requests

_PIECE = 16 * 1024  # bytes
_HOPS = 3  # from one address to another, for what is only read
_OK = 200
_LOOK = 0.2  # seconds between two looks whether anybody still waits


def _patient() -> bool:
    """Wait to the end."""
    return False


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a whole exchange may take, in seconds, and how large its answer may be, in bytes.

    `enough` is asked meanwhile: whether whoever waits has gone.
    """

    seconds: float
    size: int
    enough: Callable[[], bool] = _patient


class NoAnswer(Exception):
    """Nothing usable came back; `reason` is a word for the administrator, never what the other side wrote."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def post(url: str, body: bytes, kinds: tuple[str, str], limits: Limits) -> bytes:
    """Send `body` and return the answer; `kinds` are the media types of both. Raises `NoAnswer`."""
    headers = {"Content-Type": kinds[0], "Accept": kinds[1]}
    return _in_time(_Question("POST", url, headers, body), limits)


def get(url: str, limits: Limits) -> bytes:
    """Return what lies at an address. Raises `NoAnswer`."""
    return _in_time(_Question("GET", url, {}, b""), limits)


@dataclass(frozen=True, slots=True)
class _Question:
    method: str
    url: str
    headers: Mapping[str, str]
    body: bytes


def _in_time(question: _Question, limits: Limits) -> bytes:
    """Ask in a thread and leave it behind at the deadline: a server that drips bytes never lets a socket time out."""
    answers: queue.SimpleQueue[bytes | NoAnswer] = queue.SimpleQueue()
    given_up = threading.Event()

    def _run() -> None:
        try:
            answers.put(_ask(question, limits, given_up))
        except NoAnswer as failure:
            answers.put(failure)
        except Exception as failure:  # noqa: BLE001 - a hostile answer may trip any parser below us
            answers.put(NoAnswer(type(failure).__name__))

    threading.Thread(target=_run, name="proof-http", daemon=True).start()
    end = monotonic() + limits.seconds
    while (left := end - monotonic()) > 0 and not limits.enough():
        try:
            answer = answers.get(timeout=min(left, _LOOK))
        except queue.Empty:
            continue
        if isinstance(answer, NoAnswer):
            raise answer
        return answer
    given_up.set()
    raise NoAnswer("không chờ nữa" if left > 0 else f"quá {limits.seconds:g} giây")


def _ask(question: _Question, limits: Limits, given_up: threading.Event) -> bytes:
    if not question.url.lower().startswith(("http://", "https://")):
        raise NoAnswer("địa chỉ không phải http")
    with requests.Session() as session:
        session.trust_env = False  # no .netrc; the proxies of this computer are named below
        session.max_redirects = _HOPS
        with session.request(
            question.method,
            question.url,
            data=question.body or None,
            headers=question.headers,
            timeout=limits.seconds,
            stream=True,
            allow_redirects=question.method == "GET",
            proxies=requests.utils.get_environ_proxies(question.url),
        ) as answer:
            if answer.status_code != _OK:
                raise NoAnswer(f"HTTP {answer.status_code}")
            return _read(answer, limits.size, given_up)


def _read(answer: requests.Response, most: int, given_up: threading.Event) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in answer.iter_content(_PIECE):
        size += len(piece)
        if size > most:
            raise NoAnswer(f"câu trả lời dài quá {most} byte")
        if given_up.is_set():
            raise NoAnswer("không chờ nữa")
        pieces.append(piece)
    return b"".join(pieces)
