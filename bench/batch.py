"""`sign.batch_rate`: a leader's list of 200 on a slow token, against that token doing nothing else.

Ours: everything between the PIN and the last item kept: each slip prepared, signed, all its signatures validated, PDF/A
checked, filed and journaled; then the same list sealed. The token is SoftHSM2, made slow by a wait of 200 ms before each
answer, as USB tokens are. The yardstick: the same slow session asked for one signature after another.
"""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.figure import Figure
from bench.first_paint import resident_mib
from bench.signed_slip import issue, typed
from clerk_app.desk import open_desk
from clerk_app.domain.document import SignatureField
from clerk_app.furniture import Desk
from clerk_app.practice import people
from clerk_app.practice.office import PracticeOffice, make_practice
from clerk_app.progress import Progress
from clerk_app.services.signing_room import SigningRoom
from clerk_app.services.unlock import Unlocked, unlock
from signing.token_session import TokenSession

COUNT, RAW_EACH, WAIT = 200, 25, 0.2  # items, bare signatures, seconds
LIBRARIES = ("pyhanko", "reportlab", "python-pkcs11", "sqlcipher3", "cryptography")


def batch_rate() -> Figure:
    """Measure a list approved and the same list sealed, each against the token alone."""
    with tempfile.TemporaryDirectory() as name:
        office = make_practice(Path(name) / "practice")
        settings = replace(office.settings(), central="")
        with open_desk(settings, _unlocked(office, people.OFFICER)) as desk:
            for number in range(COUNT):
                issue(desk, number)
            pairs = [
                _pair(desk.switch(_unlocked(office, person))) for person in (people.LEADER, people.REGISTRAR)
            ]
    ours, theirs = zip(*pairs, strict=True)
    yardstick = "the same session of the same slowed token, asked for one signature after another"
    return Figure("ms wall", yardstick, ours, theirs, LIBRARIES)


def _pair(desk: Desk) -> tuple[float, float]:
    """Return how long one item of the list takes, and one signature of the token alone; ms."""
    room = desk.signing_room
    assert room is not None
    listed = [item.shown for item in room.list()]
    memory: list[int] = []
    with _slow():
        began = time.perf_counter()
        batch = room.sign(listed, typed(room.cards()[0]), Progress(lambda *_: memory.append(resident_mib())))
        ours = (time.perf_counter() - began) / len(listed) * 1e3
        theirs = _raw(desk, room)
    assert len(batch.signed) == len(listed) == COUNT
    print(f"sign.batch_rate, {room.field}: {memory[10]:.0f} MiB after ten items, {memory[-1]:.0f} at the end")
    return ours, theirs


def _raw(desk: Desk, room: SigningRoom) -> float:
    acts = desk.seal_documents if room.field is SignatureField.SEAL else desk.approve_documents
    with acts.turn.bench.unlocked(typed(room.cards()[0])) as session:
        began = time.perf_counter()
        for number in range(RAW_EACH):
            session.sign(number.to_bytes(64))
        return (time.perf_counter() - began) / RAW_EACH * 1e3


@contextmanager
def _slow() -> Iterator[None]:
    """Let every token wait before it answers: a slow one can't be had here."""
    quick = TokenSession.sign

    def slow(session: TokenSession, data: bytes) -> bytes:
        time.sleep(WAIT)
        return quick(session, data)

    TokenSession.sign = slow  # type: ignore[method-assign,assignment]
    try:
        yield
    finally:
        TokenSession.sign = quick  # type: ignore[method-assign,assignment]


def _unlocked(office: PracticeOffice, person: people.PracticePerson) -> Unlocked:
    return unlock(office.counter, person.officer.id, bytearray(people.PASSPHRASE.encode()))
