"""Verifies a dossier offline, with nothing of the server: Python's own library and ``cryptography``.

    suyuan verify DOSSIER [--key KEY] [--checkpoint NOTE] [--tsa-root PEM]
    python -m verify DOSSIER …          (this folder alone, copied anywhere)

These few files are all that proves it; read them before you trust them: ``proofs``, ``timestamps``, ``dossiers``. A
dossier is a JSON file, or a PDF with that JSON inside. It proves that these events stood in the supplier's log when
the checkpoint was signed, unchanged since they were recorded. Give the public key with ``--key``, got by another way
than the dossier. Give a checkpoint that you kept from before with ``--checkpoint``: then it is also proven that nothing
was changed, removed or put in between since that one.

1. each event: documents are hashed as RFC 8785 JSON; the hashes make its log entry, the entry its leaf (RFC 6962)
2. each leaf: the path of hashes leads to the root that the checkpoint names (RFC 9162, 2.1.3.2)
3. the checkpoint: a signed note (C2SP), Ed25519 by the given key, or by one that it handed over to
4. time: an authority's signature over the checkpoint (RFC 3161)
5. growth: the earlier checkpoint's tree is the beginning of this one's (RFC 9162, 2.1.4.2)
"""
