"""Checkpoints in an object store that speaks the S3 protocol, ideally in a bucket that allows no overwriting."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import quote, urlsplit

from suyuan.compliance.store.outside.web import request


def put_object(
    options: Mapping[str, str], secret: str, origin: str, number: int, note: str
) -> tuple[str, bytes | None]:
    """Put the note as ``url/prefix/origin/checkpoint-N.note``, signed with AWS Signature Version 4."""
    name = "/".join(
        part for part in (options.get("prefix", "").strip("/"), origin, f"checkpoint-{number:08d}.note") if part
    )
    url = f"{options['url'].rstrip('/')}/{quote(name)}"
    body = note.encode()
    headers = signed_headers(
        url, body, options["access_key"], secret, options.get("region") or "us-east-1", datetime.now(UTC)
    )
    request(url, body, headers, "PUT")
    return url, None


def signed_headers(
    url: str, body: bytes, access_key: str, secret: str, region: str, now: datetime, method: str = "PUT"
) -> dict[str, str]:
    """Return the headers of a request for S3, signed with AWS Signature Version 4."""
    parts = urlsplit(url)
    stamp, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
    content = hashlib.sha256(body).hexdigest()
    headers = {"host": parts.netloc, "x-amz-content-sha256": content, "x-amz-date": stamp}
    names = ";".join(headers)
    canonical = "\n".join(
        [method, parts.path, parts.query, *(f"{name}:{value}" for name, value in headers.items()), "", names, content]
    )
    scope = f"{day}/{region}/s3/aws4_request"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = f"AWS4{secret}".encode()
    for step in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, step.encode(), hashlib.sha256).digest()
    signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={access_key}/{scope}, SignedHeaders={names}, Signature={signature}"
    return {**headers, "Authorization": f"AWS4-HMAC-SHA256 {credential}"}
