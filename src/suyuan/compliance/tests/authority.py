"""A small time-stamping authority (RFC 3161) for tests: OpenSSL's, under keys of its own."""

from __future__ import annotations

import subprocess
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

_CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


def _certificate(name: str, key, issuer: str, issuer_key, *extensions: tuple[x509.ExtensionType, bool]):
    def called(text: str) -> x509.Name:
        return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])

    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(called(name))
        .issuer_name(called(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=3650))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False)
    )
    for extension, critical in extensions:
        builder = builder.add_extension(extension, critical)
    return builder.sign(issuer_key, hashes.SHA256())


class Authority:
    """An authority with a root of its own; ``elliptic`` keys instead of RSA."""

    def __init__(self, elliptic: bool = False) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="suyuan-tsa-"))
        root_key = ec.generate_private_key(ec.SECP256R1())
        key = ec.generate_private_key(ec.SECP256R1()) if elliptic else rsa.generate_private_key(65537, 2048)
        usage = dict.fromkeys(
            ["content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
             "decipher_only"], False)  # fmt: skip
        self.root = _certificate(
            "Test root", root_key, "Test root", root_key,
            (x509.BasicConstraints(ca=True, path_length=1), True),
            (x509.KeyUsage(digital_signature=False, key_cert_sign=True, crl_sign=True, **usage), True),
        )  # fmt: skip
        own = _certificate(
            "Test authority", key, "Test root", root_key,
            (x509.BasicConstraints(ca=False, path_length=None), True),
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True),
            (x509.KeyUsage(digital_signature=True, key_cert_sign=False, crl_sign=False, **usage), True),
        )  # fmt: skip
        pem = serialization.Encoding.PEM
        (self.folder / "root.pem").write_bytes(self.root.public_bytes(pem))
        (self.folder / "tsa.pem").write_bytes(own.public_bytes(pem))
        (self.folder / "tsa.key").write_bytes(
            key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        )
        (self.folder / "serial").write_text("01\n", encoding="ascii")
        (self.folder / "tsa.cnf").write_text(_CONFIG.format(folder=self.folder), encoding="ascii")

    def root_pem(self) -> str:
        """Return the root certificate."""
        return (self.folder / "root.pem").read_text(encoding="ascii")

    def stamp(self, request: bytes) -> bytes:
        """Answer a time-stamp request."""
        asked, answer = self.folder / "request.tsq", self.folder / "response.tsr"
        asked.write_bytes(request)
        subprocess.run(
            ["openssl", "ts", "-reply", "-config", str(self.folder / "tsa.cnf"), "-queryfile", str(asked), "-out",
             str(answer)],
            check=True, capture_output=True,
        )  # fmt: skip
        return answer.read_bytes()
