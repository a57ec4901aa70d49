"""Behind the verdict: who issued whom, why a certificate does not count, and where a paper changed."""

import io
from datetime import UTC, datetime

import pikepdf
import pytest
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from signing.changes import Change, Kind
from signing.description import Doubt, describe
from signing.trust import Trust
from signing.validation import validate
from tests.signing.conftest import Authority, Practice, _root
from tests.signing.foreign import certificate_for, signed_elsewhere, signer_of, updated
from tests.signing.test_hostile import CIRCLES, LATER


@pytest.fixture(scope="module")
def colleague(issuing: Authority) -> signers.SimpleSigner:
    return signer_of(issuing.issue("Người Cơ Quan Khác"), issuing.der)


@pytest.fixture(scope="module")
def form(page: bytes) -> bytes:
    """A page with two text fields, one of them filled."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as document:
        fields = [
            document.make_indirect(
                pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String(name), V=pikepdf.String(value))
                if value
                else pikepdf.Dictionary(FT=pikepdf.Name.Tx, T=pikepdf.String(name))
            )
            for name, value in (("HoTen", "Nguyễn Văn An"), ("GhiChu", ""))
        ]
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(fields))
        document.save(output, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return output.getvalue()


@pytest.fixture(scope="module")
def signed(form: bytes, colleague: signers.SimpleSigner) -> bytes:
    return signed_elsewhere(form, colleague, "Sig1", reason="Xác nhận")


def _fill(name: str, value: str):
    def change(writer: IncrementalPdfFileWriter) -> None:
        fields = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"]]
        field = next(each for each in fields if each["/T"] == name)
        field[pdf_name("/V")] = pdf_string(value)
        writer.update_container(field)

    return change


def _title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info[pdf_name("/Title")] = pdf_string("Khác")
    writer.update_container(info)


def _changes(pdf: bytes, practice: Practice) -> list[tuple[Kind, str]]:
    return [(each.kind, each.place) for each in describe(pdf, practice.trust).signatures[0].changes]


def test_an_untouched_signature_says_all_that_stands_behind_it(signed: bytes, practice: Practice) -> None:
    (told,) = describe(signed, practice.trust).signatures

    assert (told.field, told.revision, told.revisions) == ("Sig1", 2, 2)
    assert told.covers == len(signed)
    assert told.ranges[0] == 0
    assert (told.digest, told.reason, told.form) == ("sha256", "Xác nhận", "adbe.pkcs7.detached")
    assert [each.name for each in told.path] == [
        "Người Cơ Quan Khác",
        "CA cấp phát thực hành",
        "CA gốc thực hành",
    ]
    assert [each.is_root for each in told.path] == [False, False, True]
    assert told.path[0].key == "RSA 2048"
    assert told.doubt is Doubt.NONE
    assert told.changes == ()


WHERE = {
    "text over the page": (Kind.PAGE, "1"),
    "a stamp as an annotation": (Kind.NOTE, "1"),
    "another page": (Kind.PAGES_MORE, "1"),
    "the page turned": (Kind.PAGE, "1"),
    "the page cut": (Kind.PAGE, "1"),
    "a script": (Kind.CATALOGUE, ""),
    "the page redrawn": (Kind.PAGE, "1"),
    "fonts swapped": (Kind.PAGE, "1"),
}


@pytest.mark.parametrize("name", WHERE)
def test_it_says_which_part_was_changed(signed: bytes, practice: Practice, name: str) -> None:
    assert _changes(updated(signed, LATER[name]), practice) == [WHERE[name]]


def test_a_field_that_was_filled_is_told_from_one_that_was_rewritten(
    signed: bytes, practice: Practice
) -> None:
    assert _changes(updated(signed, _fill("GhiChu", "x")), practice) == [(Kind.FILLED, "GhiChu")]
    assert _changes(updated(signed, _fill("HoTen", "Trần Văn Bình")), practice) == [(Kind.REWRITTEN, "HoTen")]
    assert _changes(updated(signed, _title), practice) == [(Kind.DESCRIPTION, "")]


def test_a_further_signature_is_told_as_one_and_nothing_else(
    signed: bytes, colleague: signers.SimpleSigner, practice: Practice
) -> None:
    twice = signed_elsewhere(signed, colleague, "Sig2")

    first, second = describe(twice, practice.trust).signatures

    assert first.changes == (Change(Kind.SIGNATURE, "Sig2"),)
    assert second.changes == ()
    assert (first.revision, second.revision, second.revisions) == (2, 3, 3)


def test_what_was_only_written_anew_is_no_change(signed: bytes, practice: Practice) -> None:
    def again(writer: IncrementalPdfFileWriter) -> None:
        page, _ = writer.find_page_for_modification(0)
        writer.update_container(page.get_object())

    assert _changes(updated(signed, again), practice) == []


def _doubt(page: bytes, signer: signers.SimpleSigner, trust: Trust) -> Doubt:
    pdf = signed_elsewhere(page, signer)
    assert not validate(pdf, trust).valid
    return describe(pdf, trust).signatures[0].doubt


def test_each_certificate_that_does_not_count_has_its_reason(
    page: bytes, issuing: Authority, practice: Practice
) -> None:
    stranger = _root(practice.root.name)
    trust = practice.trust
    assert _doubt(page, signer_of(stranger.issue("A"), stranger.der), trust) is Doubt.STRANGER
    assert _doubt(page, signer_of(issuing.issue("A"), issuing.der), Trust(())) is Doubt.NO_ROOTS
    for days, doubt in (((-700, -1), Doubt.EXPIRED), ((5, 700), Doubt.NOT_YET)):
        assert _doubt(page, signer_of(issuing.issue("A", days=days), issuing.der), trust) is doubt
    machine = certificate_for(issuing, "A", for_servers=True)
    assert _doubt(page, signer_of(machine, issuing.der), trust) is Doubt.NOT_FOR_SIGNING
    encrypts = issuing.issue("A", signs=False)
    assert _doubt(page, signer_of(encrypts, issuing.der), trust) is Doubt.NOT_FOR_SIGNING


def test_a_weak_digest_is_named(page: bytes, colleague: signers.SimpleSigner, practice: Practice) -> None:
    (told,) = describe(signed_elsewhere(page, colleague, md_algorithm="sha1"), practice.trust).signatures

    assert (told.digest, told.doubt) == ("sha1", Doubt.WEAK)


@pytest.mark.parametrize("bend", CIRCLES.values(), ids=CIRCLES.keys())
def test_circles_are_walked_once(
    slip: bytes, practice: Practice, bend, colleague: signers.SimpleSigner
) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(slip)) as document:
        bend(document)
        document.save(output)
    try:
        pdf = signed_elsewhere(output.getvalue(), colleague)
    except Exception:  # noqa: BLE001 - a program that cannot sign such a file signs none
        pdf = output.getvalue()
    begun = datetime.now(UTC)

    describe(updated(pdf, lambda writer: writer.update_root()), practice.trust)

    assert (datetime.now(UTC) - begun).total_seconds() < 10


def test_whatever_it_is_given_it_never_raises(
    signed: bytes, practice: Practice, seed, long_run: bool
) -> None:
    assert describe(b"", practice.trust).signatures == ()
    pdf = updated(signed, _fill("GhiChu", "x"))
    for _ in range(500 if long_run else 20):
        bent = bytearray(pdf)
        place = seed.randrange(len(pdf) - 200)
        bent[place : place + seed.randint(1, 60)] = seed.randbytes(seed.randint(1, 60))
        describe(bytes(bent), practice.trust)
