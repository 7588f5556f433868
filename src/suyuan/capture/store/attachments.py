"""Attachments: their bytes by digest, and which entries name them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from suyuan.capture.contracts.attachments import Attachment
from suyuan.chassis.database import named_sql, tx


def keep(kept: Attachment, content: bytes) -> None:
    """Keep bytes under their digest; where they are on record already, only note that somebody wants them."""
    tenant, digest = tx().principal.tenant_id, bytes.fromhex(kept.sha256)
    tx().execute(
        "INSERT INTO capture_attachment (tenant_id, digest, media_type, size, width, height, uploaded_by)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        (tenant, digest, kept.type, kept.size, kept.width, kept.height, tx().principal.name),
    )
    if not want([kept.sha256]):  # they never came, or retention removed them
        tx().execute(
            "INSERT INTO capture_attachment_content (tenant_id, digest, content) VALUES (%s, %s, %s)"
            " ON CONFLICT DO NOTHING",
            (tenant, digest, content),
        )


def want(digests: Sequence[str]) -> int:
    """Note that a device is about to name these in an entry; return how many are here."""
    done = tx().execute(
        "UPDATE capture_attachment_content SET wanted = clock_timestamp() WHERE tenant_id = %s AND digest = ANY (%s)",
        (tx().principal.tenant_id, _bytes(digests)),
    )
    return done.rowcount


def known(digests: Iterable[str]) -> dict[str, Attachment]:
    """Return those of the named attachments whose bytes are here. They stay until the transaction ends."""
    rows = tx().rows(
        "SELECT encode(digest, 'hex'), media_type, size, width, height FROM capture_attachment"
        " JOIN capture_attachment_content USING (tenant_id, digest)"
        " WHERE tenant_id = %s AND digest = ANY (%s) FOR KEY SHARE",
        (tx().principal.tenant_id, _bytes(digests)),
    )
    return {row[0]: Attachment(sha256=row[0], type=row[1], size=row[2], width=row[3], height=row[4]) for row in rows}


def note_uses(uses: Sequence[tuple[str, UUID]]) -> None:
    """Note which entries name attachments that are on record; (digest, entry)."""
    tx().execute(
        "INSERT INTO capture_attachment_use (tenant_id, digest, reading_id)"
        " SELECT %s, digest, reading FROM unnest(%s::bytea[], %s::uuid[]) AS given (digest, reading)"
        " ON CONFLICT DO NOTHING",
        (tx().principal.tenant_id, _bytes(digest for digest, _ in uses), [reading for _, reading in uses]),
    )


def content_for(digest: str, sites: frozenset[int] | None) -> tuple[str, bytes] | None:
    """Return media type and bytes of an attachment that an entry of these sites (None: of any) names."""
    rows = tx().execute(
        named_sql(__package__, "attachment_for_reader.sql"),
        {
            "tenant": tx().principal.tenant_id, "digest": bytes.fromhex(digest),
            "sites": None if sites is None else sorted(sites),
        },
    ).fetchall()  # fmt: skip
    return (rows[0][0], bytes(rows[0][1])) if rows else None


def removed_content(digest: str, sites: frozenset[int] | None) -> bool:
    """Tell whether an entry of these sites (None: of any) names an attachment whose bytes are no longer here."""
    reached = None if sites is None else sorted(sites)
    rows = tx().rows(
        "SELECT FROM capture_attachment_use u"
        " JOIN capture_reading r ON r.tenant_id = u.tenant_id AND r.id = u.reading_id"
        " WHERE u.tenant_id = %s AND u.digest = %s AND (%s::bigint[] IS NULL OR r.site_id = ANY (%s)) LIMIT 1",
        (tx().principal.tenant_id, bytes.fromhex(digest), reached, reached),
    )
    return bool(rows) and not known([digest])


def remove_unused(days: int, limit: int) -> int:
    """Remove attachments that no entry names and nobody has asked for in ``days``; return how many."""
    done = tx().execute(
        named_sql(__package__, "unused_attachments.sql"),
        {"tenant": tx().principal.tenant_id, "days": days, "limit": limit},
    )
    return done.rowcount


def _bytes(digests: Iterable[str]) -> list[bytes]:
    return [bytes.fromhex(digest) for digest in digests]
