"""A hostile paper is never valid, never a crash, and never holds up who looks at it."""

import io
import random
import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    NumberObject,
    StreamObject,
    pdf_name,
    pdf_string,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers

from signing.errors import SigningError, Unreadable
from signing.pades import SignRequest, sign
from signing.report import Report
from signing.validation import validate
from tests.signing.conftest import PIN, Authority, Practice, _root
from tests.signing.foreign import (
    Change,
    certificate_for,
    fitted,
    ranges_of,
    signed_anew,
    signed_elsewhere,
    signer_of,
    updated,
    with_ranges,
)

LONGEST = 20.0  # seconds that a small hostile file may take on a slow computer


@pytest.fixture(scope="module")
def colleague(issuing: Authority) -> signers.SimpleSigner:
    """Somebody of another office under our root, who signs with another program."""
    return signer_of(issuing.issue("Người Cơ Quan Khác"), issuing.der)


@pytest.fixture(scope="module")
def once(slip: bytes, practice: Practice) -> bytes:
    """Our own paper, certified by the officer's token."""
    return _by_token(slip, practice, "CanBo")


@pytest.fixture(scope="module")
def twice(once: bytes, practice: Practice) -> bytes:
    return _by_token(once, practice, "LanhDao")


@pytest.fixture(scope="module")
def plain(page: bytes, colleague: signers.SimpleSigner) -> bytes:
    """A foreign paper with one ordinary signature that certifies nothing."""
    return signed_elsewhere(page, colleague, "Sig1", reason="x" * 200)


def _by_token(pdf: bytes, practice: Practice, field: str, owner: str = "") -> bytes:
    who = owner or field
    with (
        practice.process() as tokens,
        tokens.unlocked(practice.serial, practice.key_ids[who], bytearray(PIN.encode())) as session,
    ):
        chain = (practice.issuing.der,)
        return sign(pdf, SignRequest(field, session.certificate, datetime.now(UTC), chain), session)


def _judged(pdf: bytes, practice: Practice) -> Report | None:
    """Judge within the time that a hostile file may take; None for one that cannot be read."""
    begun = time.monotonic()
    try:
        return validate(pdf, practice.trust)
    except Unreadable:
        return None
    finally:
        assert time.monotonic() - begun < LONGEST


def _valid(pdf: bytes, practice: Practice) -> bool:
    report = _judged(pdf, practice)
    return report is not None and report.valid


def test_what_was_signed_here_and_elsewhere_is_valid_before_anyone_touches_it(
    once: bytes, twice: bytes, plain: bytes, practice: Practice
) -> None:
    assert [_valid(pdf, practice) for pdf in (once, twice, plain)] == [True, True, True]


# What is added or changed in a later update


def _text_over_the_page(writer: IncrementalPdfFileWriter) -> None:
    text = b"BT /F1 30 Tf 100 400 Td (Da nop du phi) Tj ET"
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=text)))


def _a_stamp(writer: IncrementalPdfFileWriter) -> None:
    look = RawContent(b"1 0 0 rg 0 0 200 200 re f", box=BoxConstraints(200, 200)).as_form_xobject()
    page, _ = writer.find_page_for_modification(0)
    note = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/Stamp"),
            pdf_name("/Rect"): ArrayObject([NumberObject(n) for n in (0, 0, 200, 200)]),
            pdf_name("/AP"): DictionaryObject({pdf_name("/N"): writer.add_object(look)}),
        }
    )
    there = page.get_object()
    there[pdf_name("/Annots")] = ArrayObject([*there.get("/Annots", ()), writer.add_object(note)])
    writer.update_container(there)


def _another_page(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    more = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Page"),
            pdf_name("/Parent"): writer.root.raw_get("/Pages"),
            pdf_name("/MediaBox"): ArrayObject([NumberObject(n) for n in (0, 0, 595, 842)]),
        }
    )
    pages["/Kids"].append(writer.add_object(more))
    pages[pdf_name("/Count")] = NumberObject(2)
    writer.update_container(pages)
    writer.update_container(pages["/Kids"])


def _the_page_turned(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[pdf_name("/Rotate")] = NumberObject(180)
    writer.update_container(page.get_object())


def _the_page_cut(writer: IncrementalPdfFileWriter) -> None:
    page, _ = writer.find_page_for_modification(0)
    page.get_object()[pdf_name("/CropBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 10, 10)])
    writer.update_container(page.get_object())


def _a_script(writer: IncrementalPdfFileWriter) -> None:
    act = DictionaryObject(
        {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.beep()")}
    )
    writer.root[pdf_name("/OpenAction")] = writer.add_object(act)
    writer.update_root()


def _the_page_redrawn(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, replace: the same object number, another drawing."""
    page, _ = writer.find_page_for_modification(0)
    contents = page.get_object().raw_get("/Contents")
    while not hasattr(contents, "reference"):
        contents = contents[0]
    new = StreamObject(stream_data=b"BT /F1 14 Tf 80 700 Td (Van ban khac) Tj ET")
    new.container_ref = contents.reference
    writer.objects[(contents.generation, contents.idnum)] = new


def _fonts_swapped(writer: IncrementalPdfFileWriter) -> None:
    """Shadow attack, replace: letters are drawn as other letters."""
    page, _ = writer.find_page_for_modification(0)
    fonts = page.get_object()["/Resources"]["/Font"]
    for name in list(fonts):
        font = fonts[name]
        font[pdf_name("/BaseFont")] = pdf_name("/Symbol")
        writer.update_container(font)


LATER: dict[str, Change] = {
    "text over the page": _text_over_the_page,
    "a stamp as an annotation": _a_stamp,
    "another page": _another_page,
    "the page turned": _the_page_turned,
    "the page cut": _the_page_cut,
    "a script": _a_script,
    "the page redrawn": _the_page_redrawn,
    "fonts swapped": _fonts_swapped,
}


@pytest.mark.parametrize("change", LATER.values(), ids=LATER.keys())
@pytest.mark.parametrize("kind", ["twice", "plain"])
def test_an_update_after_signing_is_seen(
    kind: str, change: Change, practice: Practice, request: pytest.FixtureRequest
) -> None:
    paper = request.getfixturevalue(kind)
    report = _judged(updated(paper, change), practice)

    assert report is not None
    assert all(each.intact for each in report.signatures)
    assert not any(each.whole for each in report.signatures)


@pytest.fixture(scope="module")
def shadowed(page: bytes, colleague: signers.SimpleSigner) -> bytes:
    """A paper prepared for a shadow attack, then honestly signed: another page hides in it, a cover lies on it."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as document:
        cover = document.make_stream(b"1 1 1 rg 0 0 595 842 re f 0 g", Type=pikepdf.Name.XObject)
        cover.Subtype, cover.BBox = pikepdf.Name.Form, [0, 0, 595, 842]
        document.pages[0].add_resource(cover, pikepdf.Name.XObject, pikepdf.Name.Cover)
        document.pages[0].contents_add(b"q /Cover Do Q")
        hidden = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, 595, 842],
                Contents=document.make_stream(b"0 0 300 300 re f"),
            )
        )
        document.Root.PieceInfo = pikepdf.Dictionary(Hidden=hidden)
        document.save(output, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return signed_elsewhere(output.getvalue(), colleague, "Sig1")


def _cover_gone(writer: IncrementalPdfFileWriter) -> None:
    cover = writer.root["/Pages"]["/Kids"][0]["/Resources"]["/XObject"].raw_get("/Cover")
    empty = StreamObject(dict_data=dict(cover.get_object()), stream_data=b"")
    writer.objects[(cover.generation, cover.idnum)] = empty


def _hidden_page_shown(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    pages[pdf_name("/Kids")] = ArrayObject([writer.root["/PieceInfo"].raw_get("/Hidden")])
    writer.update_container(pages)


def _hidden_catalogue(writer: IncrementalPdfFileWriter) -> None:
    pages = DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Pages"),
            pdf_name("/Count"): NumberObject(1),
            pdf_name("/Kids"): ArrayObject([writer.root["/PieceInfo"].raw_get("/Hidden")]),
        }
    )
    writer.root[pdf_name("/Pages")] = writer.add_object(pages)
    writer.update_root()


SHADOWS = {
    "hide": _cover_gone,
    "replace": _hidden_page_shown,
    "hide and replace": _hidden_catalogue,
}


@pytest.mark.parametrize("change", SHADOWS.values(), ids=SHADOWS.keys())
def test_a_shadow_attack_is_seen(shadowed: bytes, change: Change, practice: Practice) -> None:
    assert _valid(shadowed, practice)

    report = _judged(updated(shadowed, change), practice)

    assert report is not None
    assert [(each.intact, each.whole) for each in report.signatures] == [(True, False)]


# Parts of different papers put together


@pytest.fixture(scope="module")
def siblings(once: bytes, practice: Practice) -> tuple[bytes, bytes]:
    """Two papers that go on from one parent, each with another second signature."""
    return _by_token(once, practice, "LanhDao"), _by_token(once, practice, "LanhDao", owner="P256")


def test_sibling_revisions_are_valid_alone_and_never_together(
    siblings: tuple[bytes, bytes], once: bytes, practice: Practice
) -> None:
    first, second = siblings
    assert first[: len(once)] == second[: len(once)] == once
    assert first != second
    assert all(_valid(each, practice) for each in siblings)

    assert not _valid(first + second[len(once) :], practice)
    assert not _valid(second + first[len(once) :], practice)


def test_two_papers_in_one_file_are_not_valid(once: bytes, plain: bytes, practice: Practice) -> None:
    assert not _valid(once + plain, practice)
    assert not _valid(plain + once, practice)
    assert not _valid(once + once, practice)


def test_a_signature_taken_from_another_paper_is_seen(
    once: bytes, page: bytes, colleague: signers.SimpleSigner, practice: Practice
) -> None:
    other = signed_elsewhere(page + b"\n", colleague, "Sig1", reason="x" * 200)
    here, there = (re.search(rb"/Contents <([0-9a-fA-F]{1000,})>", each) for each in (once, other))
    assert here
    assert there
    borrowed = once.replace(here[1], fitted(there[1], len(here[1])))
    assert len(borrowed) == len(once)

    report = _judged(borrowed, practice)

    assert report is not None
    assert [each.intact for each in report.signatures] == [False]


def test_a_signature_field_carried_into_another_paper_is_seen(
    plain: bytes, slip: bytes, practice: Practice
) -> None:
    """The whole signature as an object of an update: its ByteRange names bytes of a paper that is not here."""

    def carry(writer: IncrementalPdfFileWriter) -> None:
        value = _signature_of(plain, writer)
        form = writer.root["/AcroForm"]
        field = form["/Fields"][0]
        field[pdf_name("/V")] = writer.add_object(value)
        writer.update_container(field)

    report = _judged(updated(slip, carry), practice)

    assert report is not None
    assert [each.intact for each in report.signatures] == [False]


def _signature_of(pdf: bytes, writer: IncrementalPdfFileWriter) -> DictionaryObject:
    reader = PdfFileReader(io.BytesIO(pdf))
    value: DictionaryObject = writer.import_object(reader.embedded_signatures[0].sig_object)
    return value


# Who signed


def test_a_forged_chain_with_the_same_names_is_not_trusted(
    page: bytes, root: Authority, practice: Practice
) -> None:
    """Every name is that of the real authority, every key the forger's; the chain lies in the file, root and all."""
    forged_root = _root(root.name)
    key, certificate = forged_root.issue(practice.issuing.name, authority=True, days=(-300, 2000))
    forged = Authority(practice.issuing.name, key, certificate)
    forger = signer_of(forged.issue("Nguyễn Thị Hằng"), forged.der, forged_root.der)

    report = _judged(signed_elsewhere(page, forger), practice)

    assert report is not None
    assert [(each.intact, each.trusted) for each in report.signatures] == [(True, False)]


def test_a_leaf_of_the_forger_below_the_real_authority_is_not_trusted(
    page: bytes, practice: Practice
) -> None:
    forged = _root(practice.issuing.name)
    forger = signer_of(forged.issue("Nguyễn Thị Hằng"), practice.issuing.der, practice.root.der)

    report = _judged(signed_elsewhere(page, forger), practice)

    assert report is not None
    assert not report.signatures[0].trusted


def test_a_signer_who_plays_an_authority_is_not_trusted(
    page: bytes, issuing: Authority, practice: Practice
) -> None:
    key, certificate = issuing.issue("Nguyễn Thị Hằng")
    plays = Authority("Nguyễn Thị Hằng", key, certificate)
    forger = signer_of(plays.issue("Chủ tịch UBND phường"), plays.der, issuing.der)

    report = _judged(signed_elsewhere(page, forger), practice)

    assert report is not None
    assert not report.signatures[0].trusted


WRONG_TIMES = {"expired": (-700, -1), "not yet valid": (5, 700)}


@pytest.mark.parametrize("days", WRONG_TIMES.values(), ids=WRONG_TIMES.keys())
def test_a_certificate_out_of_its_time_is_not_trusted(
    page: bytes, issuing: Authority, practice: Practice, days: tuple[int, int]
) -> None:
    signer = signer_of(issuing.issue("Phạm Sai Hạn", days=days), issuing.der)

    report = _judged(signed_elsewhere(page, signer), practice)

    assert report is not None
    assert [(each.intact, each.trusted) for each in report.signatures] == [(True, False)]


def test_a_certificate_that_is_not_for_signing_is_not_trusted(
    page: bytes, issuing: Authority, practice: Practice
) -> None:
    signer = signer_of(issuing.issue("Máy Mã Hóa", signs=False), issuing.der)

    report = _judged(signed_elsewhere(page, signer), practice)

    assert report is not None
    assert not report.signatures[0].trusted


@pytest.mark.parametrize("digest", ["sha1", "md5"])
def test_a_weak_digest_is_not_valid(
    page: bytes, colleague: signers.SimpleSigner, practice: Practice, digest: str
) -> None:
    assert not _valid(signed_elsewhere(page, colleague, md_algorithm=digest), practice)


def test_a_short_key_is_not_valid(page: bytes, issuing: Authority, practice: Practice) -> None:
    short = rsa.generate_private_key(65537, 1024)  # noqa: S505 - to be refused
    signer = signer_of(certificate_for(issuing, "Khóa Ngắn", short), issuing.der)

    assert not _valid(signed_elsewhere(page, signer), practice)


# What a signature covers


def _gap(pdf: bytes) -> tuple[int, ...]:
    first, length, second, rest = ranges_of(pdf)
    return first, length, second + 10, rest - 10


def _late(pdf: bytes) -> tuple[int, ...]:
    first, length, second, rest = ranges_of(pdf)
    return first + 10, length - 10, second, rest


def _short(pdf: bytes) -> tuple[int, ...]:
    first, length, second, rest = ranges_of(pdf)
    return first, length, second, rest - 10


def _early(pdf: bytes) -> tuple[int, ...]:
    first, length, second, rest = ranges_of(pdf)
    return first, length - 10, second, rest


HOSTILE_RANGES: dict[str, Callable[[bytes], tuple[int, ...]]] = {
    "leaves a gap behind": _gap,
    "leaves a gap before": _early,
    "does not begin at 0": _late,
    "ends early": _short,
}


@pytest.mark.parametrize("ranges", HOSTILE_RANGES.values(), ids=HOSTILE_RANGES.keys())
def test_a_right_signature_over_other_ranges_is_not_valid(
    plain: bytes,
    colleague: signers.SimpleSigner,
    practice: Practice,
    ranges: Callable[[bytes], tuple[int, ...]],
) -> None:
    assert _valid(signed_anew(plain, colleague), practice)  # the way of bending is right

    bent = signed_anew(with_ranges(plain, ranges(plain)), colleague)

    assert not _valid(bent, practice)


IMPOSSIBLE = {
    "overlapping": (0, 900, 100, 900),
    "backwards": (900, 100, 0, 900),
    "negative": (-1, 5, 10, -5),
    "beyond the end": (0, 10, 10, 99999999999),
    "nothing": (0, 0, 0, 0),
    "three numbers": (0, 10, 20),
    "six numbers": (0, 1, 2, 3, 4, 5),
    "no numbers": ("/A", "/B", "/C", "/D"),
    "fractions": ("0.5", "1.5", "2.5", "3"),
}


@pytest.mark.parametrize("numbers", IMPOSSIBLE.values(), ids=IMPOSSIBLE.keys())
def test_impossible_ranges_are_not_valid(
    plain: bytes, practice: Practice, numbers: tuple[object, ...]
) -> None:
    assert not _valid(with_ranges(plain, numbers), practice)


@pytest.mark.parametrize("where", ["before", "behind"])
def test_two_contents_in_one_signature_are_not_valid(
    plain: bytes, colleague: signers.SimpleSigner, practice: Practice, where: str
) -> None:
    """The second one lies in the signed bytes, where the reason stood: readers disagree about which one counts."""
    reason = re.search(rb"/Reason \(x+\)", plain)
    assert reason
    twin = b"/Contents <00>" if where == "behind" else b"/Contents (\x30\x00)"
    doubled = plain.replace(reason[0], twin.ljust(len(reason[0])))
    assert len(doubled) == len(plain)

    assert not _valid(signed_anew(doubled, colleague), practice)


# Files that lead a reader round in circles


def _page_in_itself(document: pikepdf.Pdf) -> None:
    pages = document.Root.Pages
    pages.Kids = pikepdf.Array([pages])


def _field_in_itself(document: pikepdf.Pdf) -> None:
    field = document.make_indirect(pikepdf.Dictionary(T=pikepdf.String("x")))
    field.Kids = pikepdf.Array([field])
    field.Parent = field
    document.Root.AcroForm.Fields.append(field)


def _resources_in_themselves(document: pikepdf.Pdf) -> None:
    loop = document.make_indirect(pikepdf.Dictionary())
    loop.Font = loop
    loop.XObject = loop
    document.pages[0].Resources = loop


def _deep(document: pikepdf.Pdf) -> None:
    deep = pikepdf.Array()
    for _ in range(400):
        deep = document.make_indirect(pikepdf.Array([deep, deep]))
    document.Root.Deep = deep


CIRCLES = {
    "a page tree": _page_in_itself,
    "a form field": _field_in_itself,
    "resources": _resources_in_themselves,
    "a tree with more paths than atoms": _deep,
}


@pytest.mark.parametrize("bend", CIRCLES.values(), ids=CIRCLES.keys())
def test_circles_are_neither_valid_nor_a_hang(
    slip: bytes, colleague: signers.SimpleSigner, practice: Practice, bend: Callable[[pikepdf.Pdf], None]
) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(slip)) as document:
        bend(document)
        document.save(output)
    report = _judged(output.getvalue(), practice)
    assert report is None or not report.valid

    try:
        signed = signed_elsewhere(output.getvalue(), colleague)
    except Exception:  # noqa: BLE001 - a program that cannot sign such a file signs none
        return
    _judged(signed, practice)
    _judged(updated(signed, _a_script), practice)


def test_a_table_that_names_itself_as_the_one_before_is_no_hang(plain: bytes, practice: Practice) -> None:
    table = re.findall(rb"startxref\s+(\d+)", plain)[-1]
    circle = re.sub(rb"/Prev \d+", b"/Prev " + table, plain)
    assert circle != plain

    assert not _valid(circle, practice)


def test_an_xfa_form_that_changes_behind_the_signature_is_seen(
    slip: bytes, colleague: signers.SimpleSigner, practice: Practice
) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(slip)) as document:
        document.Root.AcroForm.XFA = document.make_stream(b"<xdp:xdp xmlns:xdp='http://ns.adobe.com/xdp/'/>")
        document.save(output)
    signed = signed_elsewhere(output.getvalue(), colleague)

    def another_form(writer: IncrementalPdfFileWriter) -> None:
        xfa = writer.root["/AcroForm"].raw_get("/XFA")
        writer.objects[(xfa.generation, xfa.idnum)] = StreamObject(stream_data=b"<other/>")

    report = _judged(updated(signed, another_form), practice)

    assert report is not None
    assert not any(each.whole for each in report.signatures)


def test_an_encrypted_signed_paper_is_refused_in_words(
    page: bytes, colleague: signers.SimpleSigner, practice: Practice
) -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as document:
        document.save(locked, encryption=pikepdf.Encryption(owner="o", user=""))
    writer = IncrementalPdfFileWriter(io.BytesIO(locked.getvalue()))
    writer.encrypt("")
    metadata = signers.PdfSignatureMetadata("Sig1", md_algorithm="sha256")
    signed = signers.sign_pdf(writer, metadata, colleague, bytes_reserved=16384).getvalue()

    with pytest.raises(Unreadable, match="mật khẩu"):
        validate(signed, practice.trust)


# Bytes changed by chance


def _flip(pdf: bytearray, place: int, chance: random.Random) -> None:
    pdf[place] ^= 1 << chance.randrange(8)


def _drop(pdf: bytearray, place: int, chance: random.Random) -> None:
    del pdf[place : place + chance.randint(1, 400)]


def _stuff(pdf: bytearray, place: int, chance: random.Random) -> None:
    pdf[place:place] = chance.randbytes(chance.randint(1, 400))


def _repeat(pdf: bytearray, place: int, chance: random.Random) -> None:
    pdf[place:place] = pdf[place : place + chance.randint(1, 4000)]


def _blank(pdf: bytearray, place: int, chance: random.Random) -> None:
    pdf[place : place + 40] = bytes(len(pdf[place : place + 40]))


MUTATIONS = (_flip, _drop, _stuff, _repeat, _blank)


def _holes(pdf: bytes) -> Iterator[range]:
    for each in re.finditer(rb"/Contents <([0-9a-fA-F]{1000,})>", pdf):
        yield range(each.start(1), each.end(1))


def test_no_chance_mutation_is_valid_or_worse_than_unreadable(
    twice: bytes, plain: bytes, practice: Practice, seed: random.Random, long_run: bool
) -> None:
    for paper in (twice, plain):
        holes = list(_holes(paper))
        for _ in range(1500 if long_run else 40):
            place, mutate = seed.randrange(len(paper) - 1), seed.choice(MUTATIONS)
            bent = bytearray(paper)
            mutate(bent, place, seed)
            if bytes(bent) == paper:
                continue
            report = _judged(bytes(bent), practice)
            in_a_hole = any(place in hole for hole in holes) and mutate is _flip
            assert report is None or not report.valid or in_a_hole, (mutate.__name__, place)


def test_a_flip_inside_a_container_changes_no_name_and_no_time_of_a_valid_signature(
    plain: bytes, practice: Practice, seed: random.Random, long_run: bool
) -> None:
    """Not all of a container is signed (its filling, more certificates): what is told from it must be."""
    told = validate(plain, practice.trust).signatures[0]
    hole = next(_holes(plain))
    digits = plain[hole.start : hole.stop].rstrip(b"0")
    for _ in range(600 if long_run else 30):
        place = hole.start + seed.randrange(len(digits))
        bent = bytearray(plain)
        bent[place] = seed.choice(b"0123456789abcdef")
        report = _judged(bytes(bent), practice)
        if report is not None and report.valid:
            now = report.signatures[0]
            assert (now.signer, now.signed_at, now.certificate) == (
                told.signer,
                told.signed_at,
                told.certificate,
            )


def test_no_cut_of_a_signed_paper_is_valid_but_its_own_revisions(
    twice: bytes, practice: Practice, seed: random.Random, long_run: bool
) -> None:
    whole = [each.covers for each in validate(twice, practice.trust).signatures]
    revisions = [twice[:end].rstrip() for end in whole]
    ends = [end + step for end in whole for step in (-7, -2, -1, 1)]
    chosen = [*ends, *seed.sample(range(len(twice)), 800 if long_run else 20)]
    for cut in chosen:
        try:
            valid = validate(twice[:cut], practice.trust).valid
        except SigningError:
            valid = False
        assert not valid or twice[:cut].rstrip() in revisions


def test_a_paper_of_a_hundred_megabytes_is_judged(
    page: bytes, colleague: signers.SimpleSigner, practice: Practice, long_run: bool
) -> None:
    size = 100_000_000 if long_run else 20_000_000
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(page)) as document:
        document.Root.Ballast = document.make_stream(random.Random(3).randbytes(size))  # noqa: S311 - no secret
        document.save(output, compress_streams=False)
    heavy = signed_elsewhere(output.getvalue(), colleague)
    begun = datetime.now(UTC)

    report = validate(heavy, practice.trust)

    assert report.valid
    assert datetime.now(UTC) - begun < timedelta(seconds=LONGEST if long_run else LONGEST / 2)
