"""Time stamps of an authority (RFC 3161), read and checked without a library for them."""

from __future__ import annotations

import hashlib
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

from .proofs import ProofError


def der(data: bytes, at: int = 0) -> tuple[int, bytes, int, int]:
    """Return tag, content, where the content begins, and where the element ends (X.690, definite lengths)."""
    length, begin = data[at + 1], at + 2
    if length & 0x80:
        count = length & 0x7F
        length, begin = int.from_bytes(data[begin : begin + count], "big"), begin + count
    if begin + length > len(data):
        raise ProofError("时间戳不完整 the time stamp is cut off")
    return data[at], data[begin : begin + length], begin, begin + length


def parts(content: bytes) -> list[tuple[int, bytes, bytes]]:
    """Return the elements of a constructed one: tag, content, and the whole element."""
    found, at = [], 0
    while at < len(content):
        tag, inner, _, end = der(content, at)
        found.append((tag, inner, content[at:end]))
        at = end
    return found


_SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
_MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
_HASHES: dict[str, Any] = {
    "608648016503040201": hashes.SHA256(),
    "608648016503040202": hashes.SHA384(),
    "608648016503040203": hashes.SHA512(),
}


def stamped_time(response: bytes, content: bytes, roots: list[x509.Certificate]) -> tuple[str, str]:
    """Check that ``response`` stamps ``content``; return the time and who says so.

    The signature is checked with the certificate in the response, and that against ``roots`` where there are any.
    """
    status, token = parts(der(response)[1])[:2]
    if parts(status[1])[0][1] not in (b"\x00", b"\x01"):
        raise ProofError("时间戳服务拒绝了请求 the authority refused")
    (_, kind, _), (_, wrapped, _) = parts(token[1])[:2]
    if kind != _SIGNED_DATA:
        raise ProofError("不是时间戳 not a time stamp")
    fields = parts(parts(wrapped)[0][1])
    stamp = der(parts(fields[2][1])[1][1])[1]
    tst = parts(der(stamp)[1])
    imprint = parts(tst[2][1])
    chosen = _HASHES[parts(imprint[0][1])[0][1].hex()]
    if hashlib.new(chosen.name, content).digest() != imprint[1][1]:
        raise ProofError("时间戳盖的不是这个检查点 the time stamp is not of this checkpoint")
    certificates = [
        x509.load_der_x509_certificate(each[2]) for tag, inner, _ in fields[3:] if tag == 0xA0 for each in parts(inner)
    ]
    signer = parts(parts(fields[-1][1])[0][1])
    _check_signer(signer, stamp, certificates, roots)
    name = _signer_of(signer, certificates).subject.rfc4514_string()
    return tst[4][1].decode("ascii"), name


def _signer_of(signer: list[tuple[int, bytes, bytes]], certificates: list[x509.Certificate]) -> x509.Certificate:
    serial = int.from_bytes(parts(signer[1][1])[-1][1], "big", signed=True) if signer[1][0] == 0x30 else None
    for each in certificates:
        if serial is None or each.serial_number == serial:
            return each
    raise ProofError("时间戳里没有签名者的证书 the time stamp lacks its signer's certificate")


def _check_signer(
    signer: list[tuple[int, bytes, bytes]],
    stamp: bytes,
    certificates: list[x509.Certificate],
    roots: list[x509.Certificate],
) -> None:
    """Check the CMS signature (RFC 5652, 5.4): the attributes name the stamp's hash, the key signed the attributes."""
    digest, attributes = _HASHES[parts(signer[2][1])[0][1].hex()], signer[3]
    signed = b"\x31" + attributes[2][1:]  # they are signed as the SET that they are, not by their tag in the message
    named = {parts(inner)[0][1]: parts(parts(inner)[1][1])[0][1] for _, inner, _ in parts(attributes[1])}
    if named.get(_MESSAGE_DIGEST) != hashlib.new(digest.name, stamp).digest():
        raise ProofError("时间戳内容被改动 the time stamp was changed")
    certificate = _signer_of(signer, certificates)
    usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    if ExtendedKeyUsageOID.TIME_STAMPING not in usage:
        raise ProofError("证书不是时间戳用的 the certificate is not for time stamps")
    try:
        key = certificate.public_key()
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(signer[5][1], signed, padding.PKCS1v15(), digest)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signer[5][1], signed, ec.ECDSA(digest))
        else:
            raise ProofError("不认识的时间戳密钥 an unknown kind of key")
        if roots:
            _check_chain(certificate, certificates, roots)
    except InvalidSignature:
        raise ProofError("时间戳的签名不成立 the time stamp's signature does not hold") from None


def _check_chain(certificate: x509.Certificate, between: list[x509.Certificate], roots: list[x509.Certificate]) -> None:
    for _ in range(len(between) + 1):
        for root in roots:
            if certificate == root or certificate.issuer == root.subject:
                if certificate != root:
                    certificate.verify_directly_issued_by(root)
                return
        issuer = next((each for each in between if each.subject == certificate.issuer and each != certificate), None)
        if issuer is None:
            break
        certificate.verify_directly_issued_by(issuer)
        certificate = issuer
    raise ProofError("时间戳的证书不出自所给的根 the time stamp's certificate is not of the given root")
