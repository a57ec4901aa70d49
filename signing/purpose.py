"""What a certificate is for: whether it is one of somebody who signs papers, and not of an authority or a machine.

A chain that leads to our root says who issued a certificate, not what for. An authority's own key, and a web server's,
sign well enough; neither speaks for a person or an office.
"""

from signing.asn1 import x509

_OF_MACHINES = frozenset({"server_auth", "code_signing", "time_stamping", "ocsp_signing"})


def is_of_a_signer(certificate: x509.Certificate) -> bool:
    """Whether its holder may sign papers: no authority, and not for machines alone (RFC 5280, 4.2.1.9 and 4.2.1.12).

    A certificate without an extended key usage is for whatever its key usage says.
    """
    if certificate.ca:
        return False
    wanted = certificate.extended_key_usage_value
    return wanted is None or not _OF_MACHINES.issuperset(wanted.native)
