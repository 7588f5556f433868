"""Time stamps of an independent authority over a checkpoint (RFC 3161)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from cryptography.x509 import load_pem_x509_certificates
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from suyuan.compliance.store.outside.web import request


def stamp_time(
    options: Mapping[str, str], secret: str, origin: str, number: int, note: str
) -> tuple[str, bytes | None]:
    """Have the note's hash time-stamped, check the answer, and return it as proof.

    With ``root_certificate`` (PEM) the authority's chain and signature are checked too.

    :raises ValueError: where the answer is not a time stamp of this note.
    """
    content = note.encode()
    asked = TimestampRequestBuilder().data(content).hash_algorithm(HashAlgorithm.SHA256).build()
    answer = request(options["url"], asked.as_bytes(), {"Content-Type": "application/timestamp-query"})
    stamped = decode_timestamp_response(answer)
    if PKIStatus(stamped.status) != PKIStatus.GRANTED:
        raise ValueError(f"the authority refused: {stamped.status_string}")
    info = stamped.tst_info
    if info.message_imprint.message != hashlib.sha256(content).digest() or info.nonce != asked.nonce:
        raise ValueError("the authority stamped something else")
    if options.get("root_certificate"):
        builder = VerifierBuilder.from_request(asked)
        for certificate in load_pem_x509_certificates(options["root_certificate"].encode()):
            builder = builder.add_root_certificate(certificate)
        try:
            builder.build().verify_message(stamped, content)
        except VerificationError as error:
            raise ValueError(f"the authority's signature does not hold: {error}") from error
    return f"{options['url']} {info.gen_time:%Y-%m-%dT%H:%M:%SZ}", answer
