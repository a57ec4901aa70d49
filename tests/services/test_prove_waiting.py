"""Papers get their proof of time: in the signature when the service answers at once, else behind everybody's back."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from clerk_app.desk import open_desk
from clerk_app.domain.document import DocumentKind, ProofLevel, SignatureField
from clerk_app.domain.verdict import Health
from clerk_app.furniture import Desk
from clerk_app.progress import Cancelled, Progress
from clerk_app.proof_settings import ProofSettings
from clerk_app.services.unlock import Unlocked
from clerk_app.settings import Settings, SettingsBroken, read_settings, write_settings
from signing.errors import TimeStampUnavailable
from tests.signing.authorities import Authorities, authorities, slowly

OFFICER, LEADER, SEAL = SignatureField


@pytest.fixture(scope="module")
def authority() -> Iterator[Authorities]:
    with authorities() as opened:
        yield opened


@pytest.fixture
def service(authority: Authorities) -> Authorities:
    """A time-stamp service that answers."""
    authority.tell_the_truth()
    return authority


def away(service: Authorities) -> None:
    service.web.answers.clear()
    service.web.asked.clear()


@pytest.fixture
def believing(settings: Settings, service: Authorities, tmp_path: Path) -> Settings:
    """A counter that knows the service; its slips need the officer's signature alone."""
    root = service.root.certificate.public_bytes(Encoding.PEM)
    (settings.trust_folder / "time.pem").write_bytes(root)
    proof = ProofSettings(time_stamp=service.web.address + "/tsa")
    return replace(settings, proof=proof, signatures=settings.signatures | {DocumentKind.SLIP: (OFFICER,)})


@pytest.fixture
def counter(believing: Settings, clerk: Unlocked) -> Iterator[Desk]:
    with open_desk(believing, clerk) as opened:
        yield opened


def check(desk: Desk) -> tuple[Health, str]:
    found = next(each for each in desk.diagnose() if each.name == "proof")
    return found.health, str(found.sentence)


def test_a_signature_made_while_the_service_answers_carries_its_time(counter: Desk, receive, pin) -> None:
    slip = counter.issue_slip(receive(counter).id, pin(counter))

    assert slip.proof is ProofLevel.TIME
    (signature,) = counter.verify_document(counter.slip_pdf(slip.id)).signatures
    assert signature.valid
    assert signature.proven_at is not None
    assert counter.prove_waiting().waiting == 0
    assert check(counter) == (Health.OK, "Mọi văn bản đã ký đều có dấu thời gian.")


def test_a_service_that_is_away_is_asked_once_and_holds_up_nobody(counter, service, receive, pin) -> None:
    away(service)

    slips = [counter.issue_slip(receive(counter, name).id, pin(counter)) for name in ("Lò Văn Xôm", "Tạ Ba")]

    assert [slip.proof for slip in slips] == [ProofLevel.NONE] * 2
    assert len(service.web.asked) == 1
    assert all(counter.verify_document(counter.slip_pdf(slip.id)).valid for slip in slips)
    health, words = check(counter)
    assert health is Health.OK
    assert words.startswith("Còn 2 văn bản chờ dấu thời gian, lâu nhất từ ")


def test_papers_get_their_time_when_the_service_is_back(
    believing, central, clerk, service, receive, pin
) -> None:
    online = replace(believing, central=central.address)
    with open_desk(online, clerk) as desk:
        away(service)
        dossier = receive(desk)
        slip = desk.issue_slip(dossier.id, pin(desk))
        signed = desk.slip_pdf(slip.id)
        found = desk.prove_waiting()
        assert (found.done, found.waiting) == (0, 1)
        assert isinstance(found.trouble, TimeStampUnavailable)

        service.tell_the_truth()
        found = desk.prove_waiting()

        assert (found.done, found.waiting, found.trouble) == (1, 0, None)
        (proven,) = desk.dossier(dossier.id).documents
        assert (proven.proof, proven.signed_by) == (ProofLevel.TIME, (OFFICER,))
        pdf = desk.slip_pdf(slip.id)
        assert pdf.startswith(signed)
        assert desk.verify_document(pdf).signatures[0].proven_at is not None
        last = desk.history(dossier.id)[-1]
        assert (last.kind, last.author) != ("document_proven", desk.officer.name)
        assert last.kind == "document_proven"
        assert desk.verify_journal().valid
        sending = desk.exchange(Progress())
        assert (sending.dossiers_waiting, sending.parked) == (0, 0)
        assert not desk.waiting()
        assert desk.prove_waiting().done == 0  # nothing is proven twice

    for file in believing.folder.glob("archive*"):
        file.unlink()
    with open_desk(online, clerk) as desk:  # the view is built from the journal again
        assert desk.dossier(dossier.id).documents == (proven,)


@pytest.fixture
def three_turns(believing: Settings) -> Settings:
    everybody = believing.signatures | {DocumentKind.SLIP: (OFFICER, LEADER, SEAL)}
    return replace(believing, signatures=everybody)


def test_what_a_leader_is_about_to_sign_is_left_alone_for_a_day(
    three_turns, clerk, clock, service, receive, pin
) -> None:
    with open_desk(three_turns, clerk, clock) as desk:
        away(service)
        desk.issue_slip(receive(desk).id, pin(desk))
        service.tell_the_truth()

        assert desk.prove_waiting().done == 0
        clock.move(timedelta(hours=25))
        assert desk.prove_waiting().done == 1


def test_a_leader_signs_what_was_shown_and_the_proof_is_made_anew(
    three_turns, clerk, leader, registrar, clock, service, receive, pin, seal_pin, looked_at
) -> None:
    with open_desk(three_turns, clerk, clock) as desk:
        away(service)
        dossier = receive(desk)
        slip = desk.issue_slip(dossier.id, pin(desk))
        theirs = desk.switch(leader)
        listed = looked_at(theirs, slip.id)
        seen = theirs.slip_pdf(slip.id)
        service.tell_the_truth()
        clock.move(timedelta(hours=25))
        assert desk.prove_waiting().done == 1
        assert desk.dossier(dossier.id).documents[0].proof is ProofLevel.TIME

        (approved,) = theirs.approve_documents(listed, pin(theirs))

        assert approved.signed_by == (OFFICER, LEADER)
        assert approved.proof is ProofLevel.NONE
        pdf = theirs.slip_pdf(slip.id)
        assert pdf.startswith(seen)
        verdict = theirs.verify_document(pdf)
        assert verdict.valid
        assert [each.proven_at for each in verdict.signatures] == [None, None]
        assert desk.prove_waiting().done == 1

    with open_desk(three_turns, registrar, clock) as sealing:
        (sealed,) = sealing.seal_documents(looked_at(sealing, slip.id), seal_pin(sealing))
        assert sealed.proof is ProofLevel.TIME  # every signature before was proven, and this one too
        verdict = sealing.verify_document(sealing.slip_pdf(slip.id))
        assert verdict.valid
        assert all(each.proven_at for each in verdict.signatures)


def test_whoever_leaves_does_not_wait_for_the_service(counter, service, receive, pin) -> None:
    away(service)
    counter.issue_slip(receive(counter).id, pin(counter))
    watch, asked = Progress(), threading.Event()

    def _answer(body: bytes) -> bytes:
        asked.set()
        return slowly(service.stamping(), 120)(body)

    service.web.answers["/tsa"] = _answer
    threading.Thread(target=lambda: (asked.wait(), watch.cancel()), daemon=True).start()

    with pytest.raises(Cancelled):
        counter.prove_waiting(watch)

    assert counter.prove_waiting.waiting().waiting == 1


def test_a_paper_that_no_time_can_help_is_told_to_somebody(
    counter, believing, service, receive, pin, office
) -> None:
    away(service)
    counter.issue_slip(receive(counter).id, pin(counter))
    service.tell_the_truth()
    for anchor in believing.trust_folder.iterdir():
        if anchor.name != "time.pem":
            anchor.unlink()  # nobody's signature is believed any more

    found = counter.prove_waiting()

    assert (found.done, found.hopeless) == (0, 1)
    assert check(counter) == (Health.FAIL, "Có 1 văn bản không gắn được dấu thời gian.")


def test_a_week_without_proof_is_told_and_so_is_a_counter_without_service(
    believing, clerk, clock, service, receive, pin
) -> None:
    away(service)
    with open_desk(believing, clerk, clock) as desk:
        desk.issue_slip(receive(desk).id, pin(desk))
        clock.move(timedelta(days=8))
        assert check(desk)[0] is Health.WARN
    with open_desk(replace(believing, proof=ProofSettings()), clerk, clock) as desk:
        assert desk.prove_waiting().trouble is None
        assert check(desk) == (Health.WARN, "Chưa khai báo dịch vụ cấp dấu thời gian.")


def test_settings_keep_the_service_and_refuse_what_is_no_address(settings: Settings) -> None:
    known = replace(settings, proof=ProofSettings("https://tsa.example.vn", 2.5, 12, 3))
    write_settings(known)
    assert read_settings(settings.folder).proof == known.proof

    write_settings(replace(settings, proof=ProofSettings("ftp://tsa.example.vn")))
    with pytest.raises(SettingsBroken):
        read_settings(settings.folder)
