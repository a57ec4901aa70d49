"""Sign a file from anywhere: approve, issue, take in, or copy; the signed one lies beside it, never over it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from clerk_app.domain.file_act import (
    ROLE_OF,
    SIZES,
    FileAct,
    FileOrder,
    Place,
    PlaceOutside,
    check_order,
    inside,
    usual_corner,
    usual_page,
)
from clerk_app.domain.kinds import Kind
from clerk_app.domain.officer import Officer
from clerk_app.domain.signed_paper import DocumentVerdict
from clerk_app.domain.token_card import TokenCard, TypedPin
from clerk_app.errors import OfficeError
from clerk_app.papers.reader import PaperReader
from clerk_app.papers.signature_reader import read_signed_file
from clerk_app.progress import Progress
from clerk_app.services.roles import require_role
from clerk_app.services.signature_bench import FONTS, SignatureBench, drawing
from clerk_app.services.token_cards import TokenCards
from clerk_app.services.token_rack import CertificateOwner
from clerk_app.services.verify_document import VerifyDocument
from signing import appearance, pades
from signing.certificate import SigningCertificate, same_person
from signing.errors import FieldTaken, SignatureInvalid, TimeStampError
from signing.field import FieldBox
from signing.trust import Trust
from sync.durable import write_durably
from sync.entry import Signer
from sync.journal import Journal

_SIGNED = "-da-ky"  # behind the name of a file that was signed here
_MOST_COPIES = 99


class FileMoved(OfficeError):
    message = "Tệp “{name}” đã khác bản hiện trên màn hình."
    remedy = "Chưa ký gì, mã PIN chưa được dùng. Mở lại tệp để xem bản mới, rồi ký lại."


class FileNotWhole(OfficeError):
    message = "Tệp này có chữ ký không còn nguyên vẹn ({who})."
    remedy = "Không ký lên tệp này. Xin lại bản đúng từ nơi ban hành."


class NotIssued(OfficeError):
    message = "Chưa được đóng dấu số: chưa có chữ ký hợp lệ của lãnh đạo đơn vị trên tệp này."
    remedy = "Chuyển tệp cho lãnh đạo ký trước (Nghị định 30/2020/NĐ-CP, Điều 32)."


class NoRoomForCopy(OfficeError):
    message = "Thư mục này đã có quá nhiều bản đã ký của “{name}”."
    remedy = "Dọn bớt các bản cũ, hoặc chép tệp sang thư mục khác rồi ký."


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file as it is shown before it is signed."""

    path: str
    sha256: str  # hex, of the bytes that are shown
    pages: int


@dataclass(frozen=True, slots=True)
class FileSigned:
    """Where the signed file lies."""

    path: str
    sha256: str
    act: FileAct
    signer: str
    at: datetime
    stamped: bool


@dataclass(frozen=True, slots=True)
class SignFile:
    """Of one officer. `benches` and `cards`: by act, those that the officer's roles allow."""

    journal: Journal
    signer: Signer
    officer: Officer
    agency: str  # as a copy names who made it
    leaders: tuple[CertificateOwner, ...]
    trust: Trust
    reader: PaperReader
    verify: VerifyDocument
    benches: Mapping[FileAct, SignatureBench]
    tokens: Mapping[FileAct, TokenCards]
    seal_side: float  # points, of a seal with a picture; 0: none
    now: Callable[[], datetime]

    @property
    def acts(self) -> tuple[FileAct, ...]:
        """What the officer may do, in order."""
        return tuple(act for act in FileAct if ROLE_OF[act] in self.officer.roles)

    def cards(self, act: FileAct) -> tuple[TokenCard, ...]:
        """Return the tokens for an act, the signer's first; no PIN is needed. Raises `NotYourRole` and what `TokenCards` does."""
        require_role(self.officer, ROLE_OF[act])
        return self.tokens[act]()

    def look(self, path: str, progress: Progress | None = None) -> FileLook:
        """Open a file in the readers' child. Raises a `SignedFile…` or `Paper…` refusal, or `Cancelled`."""
        pdf = read_signed_file(Path(path))
        paper = self.reader.read(pdf, Path(path).name, progress)
        return FileLook(path, hashlib.sha256(pdf).hexdigest(), paper.pages)

    def picture(self, path: str, page: int, width: int, progress: Progress | None = None) -> bytes:
        """Return one page (from 0) as PNG, `width` pixels wide. Raises as `look` does, and `IndexError`."""
        return self.reader.picture(read_signed_file(Path(path)), page, width, progress)

    def sign_size(self, act: FileAct) -> tuple[float, float]:
        """Return the points that the sign of an act takes."""
        real = act is FileAct.ISSUE and self.seal_side
        return (self.seal_side, self.seal_side) if real else SIZES[act]

    def place(self, look: FileLook, order: FileOrder) -> tuple[Place, tuple[float, float]]:
        """Return where the sign will stand, and the size of that page in points. Raises `PlaceOutside`, `PageTurned`."""
        pdf, sign = self._shown(look), self.sign_size(order.act)
        number = usual_page(order.act, look.pages) if order.place is None else order.place.page
        page = pades.page_size(pdf, number)
        corner = (
            usual_corner(order.act, page, sign) if order.place is None else (order.place.x, order.place.y)
        )
        if not inside(corner, sign, page):
            raise PlaceOutside
        return Place(number, *corner), page

    def check(self, look: FileLook, order: FileOrder, progress: Progress | None = None) -> DocumentVerdict:
        """Return what the file is worth now; raise what the call would raise before it uses the PIN."""
        require_role(self.officer, ROLE_OF[order.act])
        check_order(order)
        pdf = self._shown(look)
        verdict = self.verify(pdf, None, progress)  # in a child: what would hang or burst, does it there
        broken = [
            each.signer or each.field for each in verdict.signatures if not (each.intact and each.whole)
        ]
        if broken:
            raise FileNotWhole(who=", ".join(broken))
        if order.act is FileAct.ISSUE and not self._has_leader(verdict):
            raise NotIssued
        self.place(look, order)
        return verdict

    def __call__(
        self, look: FileLook, order: FileOrder, typed: TypedPin, progress: Progress | None = None
    ) -> FileSigned:
        """Sign the file as it was shown and lay the signed one beside it; the act is journaled. The PIN is wiped.

        Raises what `check` does, `FileMoved`, the errors of tokens, `DocumentLocked`, `SignatureInvalid`, `NoRoomForCopy`,
        `DiskFull` and the like; then nothing is kept.
        """
        try:
            before = self.check(look, order, progress)
            order = check_order(order)
            pdf = self._shown(look)
            place, _ = self.place(look, order)
            bench, when = self.benches[order.act], self.now()
            width, height = self.sign_size(order.act)
            prepared, name = _with_field(pdf, order.act, place, (width, height))
            with bench.unlocked(typed) as session:
                certificate = SigningCertificate(session.certificate)
                request = pades.SignRequest(
                    field=name,
                    certificate=certificate.der,
                    when=when,
                    chain=self.trust.others,
                    appearance_pdf=self._look_of(order, (width, height), certificate.common_name, when),
                    certify=False,
                )
                without: list[TimeStampError] = []
                signed = pades.sign(prepared, request, session, bench.stamper, without.append)
            _require_as_good(before, self.verify(signed, None, progress), name)
            stamped = bench.stamper is not None and not without
            return self._keep(look, order, signed, (certificate.common_name, when, stamped))
        finally:
            typed.wipe()

    def _keep(
        self, look: FileLook, order: FileOrder, signed: bytes, made: tuple[str, datetime, bool]
    ) -> FileSigned:
        """Write the file first, then the entry: an act that nobody can show did not happen, nor one that nobody noted."""
        signer, when, stamped = made
        self.benches[order.act].may()  # no file lies there that no entry tells of
        path = _beside(Path(look.path))
        write_durably(path, signed)
        sha256 = hashlib.sha256(signed).hexdigest()
        told = {
            "v": 1,
            "act": order.act.value,
            "before": look.sha256,
            "after": sha256,
            "incoming": order.number,
        }
        try:
            with self.journal.act(self.signer) as act:
                act.add(self.journal.unit, Kind.FILE_SIGNED, told)
        except BaseException:
            path.unlink(missing_ok=True)
            raise
        return FileSigned(str(path), sha256, order.act, signer, when, stamped)

    def _shown(self, look: FileLook) -> bytes:
        pdf = read_signed_file(Path(look.path))
        if hashlib.sha256(pdf).hexdigest() != look.sha256:
            raise FileMoved(name=Path(look.path).name)
        return pdf

    def _has_leader(self, verdict: DocumentVerdict) -> bool:
        valid = [each for each in verdict.signatures if each.valid and each.path]
        return any(
            each.path[0].sha256 == leader.certificate_sha256 or same_person(each.signer, leader.name)
            for each in valid
            for leader in self.leaders
        )

    def _look_of(self, order: FileOrder, size: tuple[float, float], name: str, when: datetime) -> bytes:
        picture = self.benches[order.act].shown_picture()
        with drawing():
            match order.act:
                case FileAct.APPROVE:
                    return appearance.leader_block(size, name, when, FONTS, picture)
                case FileAct.ISSUE:
                    return appearance.seal_block(size, name, when, FONTS, picture)
                case FileAct.INCOMING:
                    return appearance.incoming_block(size, self.agency, order.number, when, FONTS)
                case FileAct.COPY:
                    return appearance.copy_block(size, order.copy.value, self.agency, when, FONTS)


def _with_field(pdf: bytes, act: FileAct, place: Place, size: tuple[float, float]) -> tuple[bytes, str]:
    """Add an empty field under the first name of its act that is free."""
    for number in range(1, _MOST_COPIES):
        name = f"{act.value}-{number}"
        box = FieldBox(name, place.page, place.x, place.y, place.x + size[0], place.y + size[1])
        try:
            return pades.add_field(pdf, box), name
        except FieldTaken:
            continue
    raise FieldTaken(field=act.value)


def _require_as_good(before: DocumentVerdict, after: DocumentVerdict, name: str) -> None:
    """Every older signature is worth what it was, and ours is valid; else nothing was signed."""
    was = {each.field: (each.intact, each.whole, each.trusted) for each in before.signatures}
    now = {each.field: (each.intact, each.whole, each.trusted) for each in after.signatures}
    ours = next((each for each in after.signatures if each.field == name), None)
    if ours is None or not ours.valid:
        raise SignatureInvalid(reason="chữ ký vừa tạo không kiểm tra được.")
    if any(now.get(field) != worth for field, worth in was.items()):
        raise SignatureInvalid(reason="chữ ký có trước không còn như cũ.")


def _beside(path: Path) -> Path:
    """Return a name beside the file that nothing has yet."""
    stem = path.stem.removesuffix(_SIGNED)
    for number in range(1, _MOST_COPIES):
        more = "" if number == 1 else f"-{number}"
        wanted = path.with_name(f"{stem}{_SIGNED}{more}.pdf")
        if not wanted.exists():
            return wanted
    raise NoRoomForCopy(name=path.name)
