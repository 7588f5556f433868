"""A certificate authority of the plant's own, so that devices on its network reach the server by HTTPS.

Cameras, speech and opening a page without a network need HTTPS, and no public authority certifies an address that only
the plant's network knows. Keys are files that only their owner reads, in the secrets of the data directory, so that a
backup has them; a device that trusts the authority once trusts every certificate renewed under it.
"""

from __future__ import annotations

import contextlib
import ipaddress
import os
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import psutil
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from suyuan.kernel.faults import fault_kind

AUTHORITY_DAYS: Final = 3650
SERVER_DAYS: Final = 397
"""Browsers take no longer ones for granted (CA/Browser Forum, Baseline Requirements 6.3.2)."""
RENEW_BEFORE_DAYS: Final = 45
_HOST: Final = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")
_CLOCKS_DIFFER: Final = timedelta(days=1)

NAME_WRONG = fault_kind(
    "entry.certificate_name", 422,
    zh="“{given}”不是主机名，也不是 IP 地址。", en="“{given}” is neither a host name nor an IP address.",
    remedy_zh="写 PDA 浏览器里用的名字或地址，例如 suyuan.plant.local 或 192.168.1.20，不带 https:// 和端口。",
    remedy_en="Give what PDAs type into the browser, e.g. suyuan.plant.local or 192.168.1.20; no https://, no port.",
)  # fmt: skip
FILES_WRONG = fault_kind(
    "entry.certificate_files", 409,
    zh="{path} 里的证书文件不完整或已损坏。", en="The certificate files in {path} are damaged, or some are missing.",
    remedy_zh="从备份恢复这个文件夹；没有备份时移走它并重新生成，设备要重新安装根证书。",
    remedy_en="Restore the folder from a backup. Without one, move it away and make new ones; devices must then install"
    " the new authority.",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Certificates:
    """What the server serves HTTPS with, and what devices install: paths of PEM files."""

    folder: Path

    @property
    def authority(self) -> Path:
        """The certificate that devices install."""
        return self.folder / "authority.crt"

    @property
    def authority_key(self) -> Path:
        """What signs; whoever has it can pass for any server to the plant's devices."""
        return self.folder / "authority.key"

    @property
    def server(self) -> Path:
        """The server's certificate."""
        return self.folder / "server.crt"

    @property
    def server_key(self) -> Path:
        """The server's key."""
        return self.folder / "server.key"

    def exist(self) -> bool:
        """Tell whether there is an authority."""
        return self.authority.exists()

    def read(self, path: Path) -> x509.Certificate:
        """Return a certificate.

        :raises Fault: ``entry.certificate_files``.
        """
        try:
            return x509.load_pem_x509_certificate(path.read_bytes())
        except (OSError, ValueError):
            raise FILES_WRONG(path=self.folder) from None

    def fingerprint(self) -> str:
        """Return the authority's SHA-256 as devices show it: pairs of upper-case digits."""
        return self.read(self.authority).fingerprint(hashes.SHA256()).hex(":").upper()

    def names(self) -> list[str]:
        """Return what the server's certificate is for."""
        found = self.read(self.server).extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        return [
            *found.get_values_for_type(x509.DNSName),
            *(str(address) for address in found.get_values_for_type(x509.IPAddress)),
        ]

    def ends(self) -> datetime:
        """Return when the server's certificate ends."""
        return self.read(self.server).not_valid_after_utc


def of(data: Path) -> Certificates:
    """Return the certificates of a data directory, whether they exist or not."""
    return Certificates(data / "secrets" / "tls")


def own_names() -> list[str]:
    """Return what this machine is called and reached by on its networks, most useful first."""
    host = socket.gethostname().split(".")[0].lower()
    named = [host, f"{host}.local", "localhost"] if _HOST.fullmatch(host) else ["localhost"]
    addresses = {
        each.address
        for several in psutil.net_if_addrs().values()
        for each in several
        if each.family is socket.AF_INET and not ipaddress.ip_address(each.address).is_link_local
    }
    return [*named, *sorted(addresses)]


def ensure(data: Path, names: Sequence[str] = (), now: datetime | None = None) -> tuple[Certificates, bool]:
    """Make what is missing and renew what ends soon or lacks a name; tell whether a certificate was made.

    Names once certified stay; those of this machine are added.

    :raises Fault: ``entry.certificate_name``, ``entry.certificate_files``; nothing is changed then.
    """
    now = now or datetime.now(UTC)
    given = [_sound(name) for name in names]
    made = of(data)
    if not made.exist():
        _make_authority(made, now)
    before = made.names() if made.server.exists() else []
    wanted = list(dict.fromkeys([*given, *before, *own_names()]))
    # an address that this machine no longer has stays certified: it may come back with the cable
    enough = set(wanted) <= set(before) and _belong_together(made)
    if enough and made.ends() - now > timedelta(days=RENEW_BEFORE_DAYS):
        return made, False
    _make_server(made, wanted, now)
    return made, True


def _belong_together(made: Certificates) -> bool:
    """Tell whether the server's key is its certificate's, and that under this authority."""
    certificate = made.read(made.server)
    try:
        key = serialization.load_pem_private_key(made.server_key.read_bytes(), None)
        certificate.verify_directly_issued_by(made.read(made.authority))
    except (OSError, ValueError, TypeError, InvalidSignature):
        return False
    return key.public_key() == certificate.public_key()


def _sound(name: str) -> str:
    text = name.strip().lower()
    with contextlib.suppress(ValueError):
        return str(ipaddress.ip_address(text.strip("[]")))
    if len(text) > 253 or _HOST.fullmatch(text) is None or text.replace(".", "").isdigit():
        raise NAME_WRONG(given=name[:80])
    return text


def _make_authority(made: Certificates, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(f"Suyuan {socket.gethostname().split('.')[0]} {now:%Y-%m-%d}"[:64])
    certificate = (
        _builder(name, name, key.public_key(), now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )
    _keep(made.authority_key, _private(key), 0o600)
    _keep(made.authority, certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _make_server(made: Certificates, names: Sequence[str], now: datetime) -> None:
    authority = made.read(made.authority)
    try:
        signing = serialization.load_pem_private_key(made.authority_key.read_bytes(), None)
    except (OSError, ValueError):
        raise FILES_WRONG(path=made.folder) from None
    if not isinstance(signing, ec.EllipticCurvePrivateKey) or signing.public_key() != authority.public_key():
        raise FILES_WRONG(path=made.folder)
    key = ec.generate_private_key(ec.SECP256R1())
    days = min(SERVER_DAYS, (authority.not_valid_after_utc - now).days)
    certificate = (
        _builder(_name(names[0][:64]), authority.subject, key.public_key(), now, days)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False)
        .sign(signing, hashes.SHA256())
    )
    _keep(made.server_key, _private(key), 0o600)
    _keep(made.server, certificate.public_bytes(serialization.Encoding.PEM), 0o644)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _CLOCKS_DIFFER)
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=signs_certificates, crl_sign=signs_certificates,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _keep(path: Path, content: bytes, mode: int) -> None:
    """Put a file in its place whole, readable for nobody else from its first byte on."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_suffix(path.suffix + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
