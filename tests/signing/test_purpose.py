"""A chain to our root is not enough: the certificate must be one of somebody who signs."""

import pytest

from signing.validation import validate
from tests.signing.conftest import Authority, Practice
from tests.signing.foreign import certificate_for, signed_elsewhere, signer_of


@pytest.mark.parametrize(
    "kind", [{"is_authority": True}, {"for_servers": True}], ids=["of an authority", "of a web server"]
)
def test_a_certificate_of_another_kind_is_not_trusted(
    page: bytes, issuing: Authority, practice: Practice, kind: dict[str, bool]
) -> None:
    honest = signer_of(certificate_for(issuing, "Người Ký"), issuing.der)
    signer = signer_of(certificate_for(issuing, "Không Phải Người Ký", **kind), issuing.der)

    assert validate(signed_elsewhere(page, honest), practice.trust).valid
    report = validate(signed_elsewhere(page, signer), practice.trust)

    assert [(each.intact, each.trusted) for each in report.signatures] == [(True, False)]
