-- Signatures with the leaf that seals each; an open field asks for all.
SELECT s.id, s.at, s.signer_id, s.login, s.signer, s.meaning, s.note, s.kind, s.subject, s.title_zh, s.title_en,
       s.digest, s.components, s.content, l.position, l.hash
  FROM compliance_signature s
  LEFT JOIN compliance_log_leaf l ON l.tenant_id = s.tenant_id AND l.kind = 's' AND l.subject = s.id
 WHERE s.tenant_id = %(tenant)s
   AND (%(number)s::bigint IS NULL OR s.id = %(number)s::bigint)
   AND s.kind = ANY (%(kinds)s::text[])
   AND (%(subject)s::text IS NULL OR s.subject = %(subject)s::text)
   AND (%(after)s::bigint IS NULL OR s.id < %(after)s::bigint)
 ORDER BY s.id DESC
 LIMIT %(limit)s
