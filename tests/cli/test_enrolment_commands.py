"""central-enrol at central and enrol at a counter, as typed: from an empty folder to the first round, and again."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from clerk_app.login import provider
from clerk_app.practice.central import RunningCentral, start_central
from clerk_app.practice.office import RECOVERY_KEY, PracticeOffice
from clerk_app.practice.people import PASSPHRASE, UNIT
from clerk_app.services import sign_in
from tests.leaks import files_in, forms_of, leaks
from tests.services.plain_browser import PlainBrowser

Run = Callable[..., Any]
Typed = Callable[[str], int]


@pytest.fixture
def central(untouched: PracticeOffice, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the practice central at work: its folder and its address."""
    folder = tmp_path / "central"
    shutil.copytree(untouched.central, folder)
    running: RunningCentral = start_central(folder, 0)
    yield folder, f"http://127.0.0.1:{running.port}"
    running.stop()


@pytest.fixture
def new_counter(untouched: PracticeOffice, central: tuple[Path, str], tmp_path: Path) -> Path:
    """A folder as the IT person brings it: settings without people, nothing else."""
    folder = tmp_path / "counter"
    folder.mkdir()
    told = json.loads((untouched.counter / "settings.json").read_text("utf-8"))
    told |= {"central": central[1], "officers": [], "recovery": {"state": str(tmp_path / "state")}}
    (folder / "settings.json").write_text(json.dumps(told), "utf-8")
    return folder


@pytest.fixture
def old_counter(untouched: PracticeOffice, central: tuple[Path, str], tmp_path: Path) -> Path:
    """A copy of the practice counter, before it did anything."""
    folder = tmp_path / "counter"
    shutil.copytree(untouched.counter, folder, ignore=shutil.ignore_patterns("journal*", "archive*", "files"))
    told = json.loads((folder / "settings.json").read_text("utf-8"))
    told |= {"central": central[1], "recovery": {"state": str(tmp_path / "state")}}
    (folder / "settings.json").write_text(json.dumps(told), "utf-8")
    return folder


def code_for(run: Run, central: tuple[Path, str], *words: str) -> str:
    made = run("central-enrol", *words, "--into", central[0], "--json")
    assert made.code == 0, made.err
    return str(made.json["enrolment_code"])


def error(said: Any) -> tuple[int, str]:
    return said.code, said.json["error"]["kind"]


def test_a_new_counter_with_a_new_officer_does_its_first_round(
    run: Run, central: tuple[Path, str], new_counter: Path, typed_pin: Typed
) -> None:
    made = run("central-enrol", "device", "quay-07", "--name", "Quầy 7", "--into", central[0], "--json")
    known = run("enrol", "device", "--code", made.json["enrolment_code"], "--data", new_counter, "--json")
    assert (known.code, known.json["id"], known.json["name"]) == (0, "quay-07", "Quầy 7")
    assert known.json["central_key"] == made.json["central_key"]  # what people compare

    words = ("officer", "qt-07", "--name", "Đỗ Thị Mai", "--role", "officer")
    enrol = ("enrol", "officer", "qt-07", "--data", new_counter, "--json", "--code")
    short = run(*enrol, code_for(run, central, *words), "--passphrase-fd", typed_pin("ngan"))
    assert error(short) == (3, "PassphraseShort")
    code = code_for(run, central, *words)
    done = run(*enrol, code, "--passphrase-fd", typed_pin("mot cau de nho"))
    assert (done.code, done.json["roles"]) == (0, ["officer"])

    fd = typed_pin("mot cau de nho")
    round_ = run("sync", "--data", new_counter, "--json", "--officer", "qt-07", "--passphrase-fd", fd)
    assert round_.code == 0
    assert (round_.json["parked"], round_.json["entries_waiting"], round_.json["problems"]) == (0, 0, [])
    codes = [form for each in (made.json["enrolment_code"], code) for form in (each, each.replace("-", ""))]
    token = json.loads((new_counter / "enrolment.json").read_text("utf-8"))["device_token"]
    files = files_in(new_counter, central[0])
    assert leaks(files, [*codes, "mot cau de nho"]) == set()
    assert leaks(files, [token]) == {(str(new_counter / "enrolment.json"), token)}
    assert not leaks_in(
        known.out + known.err + done.out + done.err + round_.out + round_.err, [*codes, token]
    )


def test_an_officer_already_here_is_enrolled_again_by_their_own_passphrase(
    run: Run, central: tuple[Path, str], old_counter: Path, typed_pin: Typed
) -> None:
    code = code_for(run, central, "officer", "qt-01", "--name", "Nguyễn Thị Hạnh", "--role", "officer")
    enrol = ("enrol", "officer", "qt-01", "--data", old_counter, "--json", "--code", code)
    wrong = run(*enrol, "--passphrase-fd", typed_pin("khong phai"))
    assert error(wrong) == (3, "WrongPassphrase")

    again = [run(*enrol, "--passphrase-fd", typed_pin(PASSPHRASE)) for _ in range(2)]

    assert [said.code for said in again] == [0, 0]  # the second as after a lost answer
    assert again[0].json == again[1].json


def test_a_key_taken_back_is_followed_by_a_new_one_under_the_same_passphrase(
    run: Run, central: tuple[Path, str], old_counter: Path, typed_pin: Typed
) -> None:
    assert run("central-enrol", "revoke", "officer", "qt-02", "--into", central[0]).code == 0
    code = code_for(run, central, "officer", "qt-02", "--role", "officer")
    enrol = ("enrol", "officer", "qt-02", "--data", old_counter, "--json", "--code", code)
    assert error(run(*enrol, "--passphrase-fd", typed_pin(PASSPHRASE))) == (3, "KeyTakenBack")

    done = run(*enrol, "--new-key", "--passphrase-fd", typed_pin(PASSPHRASE))

    assert done.code == 0
    slots = json.loads((old_counter / "keys.json").read_text("utf-8"))["slots"]
    assert [slot["officer"] for slot in slots if slot["officer"].startswith("qt-02")] == ["qt-02"]
    [unit] = run("central-enrol", "list", "--into", central[0], "--json").json
    counts = [bool(each["revoked_at"]) for each in unit["officers"] if each["id"] == "qt-02"]
    assert (unit["unit"], sorted(counts)) == (UNIT.id, [False, True])
    doctor = run("sync", "--data", old_counter, "--json", "--officer", "qt-02")
    assert doctor.code == 0


def test_a_new_officer_is_let_in_by_a_colleague_or_by_the_recovery_key(
    run: Run, office: PracticeOffice, central: tuple[Path, str], old_counter: Path, typed_pin: Typed
) -> None:
    new = ("enrol", "officer", "qt-08", "--data", old_counter, "--json")
    code = ("--code", code_for(run, central, "officer", "qt-08", "--name", "Tạ Văn Nam", "--role", "officer"))
    alone = run(*new, *code, "--passphrase-fd", typed_pin("mot cau de nho"))
    assert error(alone) == (3, "WhoOpens")
    key = ("--recovery-key", office.folder / RECOVERY_KEY)
    early = run(*new, *code, *key, "--passphrase-fd", typed_pin("mot cau de nho"))
    assert error(early) == (3, "NotSealedToRecovery")  # nobody has opened this counter yet

    by = ("--by", "qt-01", "--by-passphrase-fd", typed_pin(PASSPHRASE))
    assert run(*new, *code, *by, "--passphrase-fd", typed_pin("mot cau de nho")).code == 0
    fd = typed_pin("mot cau de nho")
    assert run("sync", "--data", old_counter, "--officer", "qt-08", "--passphrase-fd", fd).code == 0

    code = ("--code", code_for(run, central, "officer", "qt-09", "--name", "Lý An", "--role", "officer"))
    last = ("enrol", "officer", "qt-09", "--data", old_counter, "--json", *code, *key)
    assert run(*last, "--passphrase-fd", typed_pin("mot cau khac")).code == 0
    fd = typed_pin("mot cau khac")
    assert run("sync", "--data", old_counter, "--officer", "qt-09", "--passphrase-fd", fd).code == 0

    keys = old_counter / "keys.json"
    damaged = keys.read_bytes()[:500]
    keys.write_bytes(damaged)
    code = ("--code", code_for(run, central, "officer", "qt-09", "--name", "Lý An", "--role", "officer"))
    last = ("enrol", "officer", "qt-09", "--data", old_counter, "--json", *code)
    assert error(run(*last, "--passphrase-fd", typed_pin("mot cau khac"))) == (3, "KeySlotsBroken")
    wrong_key = old_counter.parent / "wrong.key"
    wrong_key.write_text("07" * 32)
    wrong = run(*last, "--recovery-key", wrong_key, "--passphrase-fd", typed_pin("mot cau khac"))
    assert (error(wrong), keys.read_bytes()) == ((3, "NotSealedToRecovery"), damaged)
    assert run(*last, *key, "--passphrase-fd", typed_pin("mot cau khac")).code == 0
    fd = typed_pin("mot cau khac")
    assert run("sync", "--data", old_counter, "--officer", "qt-09", "--passphrase-fd", fd).code == 0
    assert [each.read_bytes() for each in old_counter.glob("keys.json.damaged-*")] == [damaged]
    assert json.loads(keys.read_text("utf-8"))["recovery"]["sealed"]

    for name in ("keys.json", "journal.db"):  # files and snapshots are still sealed by the key that was
        (old_counter / name).unlink()
    assert error(run(*last, "--passphrase-fd", typed_pin("mot cau khac"))) == (3, "WhoOpens")


def test_who_forgot_the_passphrase_gets_another_and_a_new_key(
    run: Run, central: tuple[Path, str], old_counter: Path, typed_pin: Typed
) -> None:
    code = ("--code", code_for(run, central, "officer", "qt-02", "--role", "officer"))
    enrol = ("enrol", "officer", "qt-02", "--data", old_counter, "--json", *code, "--forgotten")
    alone = run(*enrol, "--passphrase-fd", typed_pin("mot cau moi hon"))
    assert error(alone) == (3, "WhoOpens")

    by = ("--by", "qt-01", "--by-passphrase-fd", typed_pin(PASSPHRASE))
    mistyped = (*enrol[: enrol.index("--code")], "--code", "7K2M-9QXD-4TRW", "--forgotten")
    ended = run(*mistyped, *by, "--passphrase-fd", typed_pin("mot cau roi cung quen"))
    assert error(ended) == (3, "CodeWrong")  # and that passphrase is not asked for again
    by = ("--by", "qt-01", "--by-passphrase-fd", typed_pin(PASSPHRASE))
    assert run(*enrol, *by, "--passphrase-fd", typed_pin("mot cau moi hon")).code == 0

    sync = ("sync", "--data", old_counter, "--json", "--officer", "qt-02", "--passphrase-fd")
    assert error(run(*sync, typed_pin(PASSPHRASE))) == (3, "WrongPassphrase")
    assert run(*sync, typed_pin("mot cau moi hon")).code == 0


def test_codes_that_do_not_fit_are_refused_in_words(
    run: Run, central: tuple[Path, str], old_counter: Path, typed_pin: Typed
) -> None:
    device = ("enrol", "device", "--data", old_counter, "--json", "--code")
    assert error(run(*device, "khong phai ma")) == (3, "CodeUnreadable")
    assert error(run(*device, "7K2M-9QXD-4TRW")) == (3, "CodeWrong")
    other = code_for(run, central, "device", "quay-99")
    assert error(run(*device, other)) == (3, "CodeOfAnother")  # this is quay-03
    assert run(*device, code_for(run, central, "device", "quay-03")).code == 0
    ended = code_for(run, central, "device", "quay-03", "--hours", "0")
    assert error(run(*device, ended)) == (3, "CodeEnded")
    nowhere = run("central-enrol", "device", "x", "--unit", "khong-co", "--into", central[0], "--json")
    assert error(nowhere) == (3, "NoSuchUnit")


def test_nobody_is_made_known_by_an_id_that_no_entry_can_hold_or_a_name_that_no_message_can(
    run: Run, untouched: PracticeOffice, tmp_path: Path
) -> None:
    folder = tmp_path / "central"
    shutil.copytree(untouched.central, folder)
    into = ("--into", folder, "--json")
    known, books = run("central-enrol", "list", *into).json, _books(folder)
    unit = ("central-enrol", "unit", "11111111-2222-4333-8444-555555555555")
    for told, kind in (
        (("central-enrol", "unit", "phuong-1", "--name", "P", "--owner", "O"), "UnitIdNotUuid"),
        ((*unit, "--name", "P", "--owner", "O" * 201), "NameUnfit"),
        ((*unit, "--name", " ", "--owner", "O"), "NameUnfit"),
        (("central-enrol", "device", "quầy 4"), "IdNotWritable"),
        (("central-enrol", "device", "quay-4", "--name", "Q" * 201), "NameUnfit"),
        (("central-enrol", "officer", "q" * 129, "--role", "officer"), "IdNotWritable"),
    ):
        assert error(run(*told, *into)) == (3, kind)
    assert (run("central-enrol", "list", *into).json, _books(folder)) == (known, books)
    longest = (*unit, "--name", "P" * 200, "--owner", "O" * 200)
    assert run(*longest, *into).code == 0


def test_a_central_with_another_key_is_not_believed_until_somebody_compared(
    run: Run, central: tuple[Path, str], old_counter: Path
) -> None:
    path = old_counter / "enrolment.json"
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(told | {"central_public_key": "00" * 32}), "utf-8")
    enrol = (
        "enrol",
        "device",
        "--data",
        old_counter,
        "--json",
        "--code",
        code_for(run, central, "device", "quay-03"),
    )

    assert error(run(*enrol)) == (3, "AnotherCentral")
    assert json.loads(path.read_text("utf-8"))["central_public_key"] == "00" * 32
    assert run(*enrol, "--new-central").code == 0

    assert json.loads(path.read_text("utf-8"))["central_public_key"] == told["central_public_key"]


def test_days_run_out_a_sign_in_brings_new_ones_and_a_leader_a_few(
    run: Run,
    central: tuple[Path, str],
    old_counter: Path,
    typed_pin: Typed,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _needs_a_sign_in(old_counter)
    sync = ("sync", "--data", old_counter, "--json")
    assert error(run(*sync)) == (3, "SignInFirst")
    password = ("central-enrol", "password", "qt-01", "--into", central[0], "--passphrase-fd")
    assert run(*password, typed_pin("mot mat khau khac")).code == 0
    browser = PlainBrowser("mot mat khau khac")
    monkeypatch.setattr("webbrowser.open", browser.open)
    spoken = overheard(monkeypatch)

    signed = run("sign-in", "--data", old_counter, "--json")
    browser.wait()

    assert (signed.code, signed.json["signed_in"]) == (0, "qt-01")
    (code,) = parse_qs(urlsplit(browser.returned).query)["code"]
    hidden = ["mot mat khau khac", code, *spoken["secrets"], *spoken["tokens"]]
    assert len(hidden) == 6  # with state, nonce, verifier and the provider's word
    assert run(*sync).code == 0
    leader = ("--by", "ld-01", "--by-passphrase-fd", typed_pin(PASSPHRASE))
    more = ("extend-days", "qt-02", "--days", 3, "--reason", "mất mạng", "--data", old_counter, "--json")
    assert error(run(*more, *leader)) == (3, "SignInFirst")  # the leader has not signed in either
    browser.password = PASSPHRASE
    assert run("sign-in", "--officer", "ld-01", "--data", old_counter).code == 0
    browser.wait()
    leader = ("--by", "ld-01", "--by-passphrase-fd", typed_pin(PASSPHRASE))
    assert run(*more, *leader).json["by"] == "ld-01"
    assert run(*sync, "--officer", "qt-02").code == 0
    with closing(
        sqlite3.connect(central[0] / "central.db")
    ) as books:  # central knows of it, and finds nothing wrong
        told = "SELECT author, verdict FROM entries WHERE kind = 'days_extended'"
        assert books.execute(told).fetchall() == [("officer:ld-01", "accepted")]
        assert books.execute("SELECT count(*) FROM alarms").fetchone() == (0,)
    assert leaks(files_in(old_counter), hidden) == set()
    nonce = hidden[3]  # the provider says it again in its word, and keeps it a day
    assert leaks(files_in(central[0]), [each for each in hidden if each != nonce]) == set()
    said = signed.out + signed.err  # the browser's address stands there, with state and nonce
    assert not leaks_in(said, [each for each in hidden if each not in hidden[2:4]])


def test_who_was_revoked_hears_it_from_the_next_round_and_is_not_let_in_and_their_work_is_there(
    run: Run, office: PracticeOffice, central: tuple[Path, str], old_counter: Path
) -> None:
    by = ("--data", old_counter, "--json", "--officer", "vt-01")
    assert run("sync", *by).code == 0
    assert run("central-enrol", "revoke", "officer", "vt-01", "--into", central[0]).code == 0
    told = run("sync", *by)  # this very round brings the news

    refused = run("journal", "verify", *by)

    assert error(told) == error(refused) == (3, "OfficerRevoked")
    colleague = run("journal", "verify", "--data", old_counter, "--json")
    assert (colleague.code, colleague.json["valid"]) == (0, True)


def leaks_in(told: str, secrets: list[str]) -> list[str]:
    return [secret for secret in secrets if any(form in told.encode() for form in forms_of(secret))]


def overheard(monkeypatch: pytest.MonkeyPatch) -> dict[str, list[str]]:
    """Listen to what a sign-in makes up for itself and what the provider gives it; the last one is kept."""
    spoken: dict[str, list[str]] = {}
    make, ask = sign_in.SecretsOfOne, provider.OAuth2Session.fetch_token

    def made(*words: str) -> Any:
        spoken["secrets"] = list(words)
        return make(*words)

    def asked(session: Any, *where: Any, **how: Any) -> Any:
        answer = ask(session, *where, **how)
        spoken["tokens"] = [answer["id_token"]]
        return answer

    monkeypatch.setattr(sign_in, "SecretsOfOne", made)
    monkeypatch.setattr(provider.OAuth2Session, "fetch_token", asked)
    return spoken


def _needs_a_sign_in(counter: Path) -> None:
    path = counter / "settings.json"
    told = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(told | {"accounts": {"issuer": "central", "offline_days": 7}}), "utf-8")


def _books(central: Path) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(central / "central.db")) as database:
        return database.execute("SELECT * FROM enrolment_codes").fetchall()
