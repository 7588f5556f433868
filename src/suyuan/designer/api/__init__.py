"""The door of ``designer``: definitions that users make, their versions, and packs of them.

Modules above register kinds (:class:`suyuan.chassis.registry.DefinitionKind`) and read published versions here:
:func:`in_force`, :func:`published_version`, :func:`published_versions`.
"""

from suyuan.designer.api.definitions import (
    compare,
    definition,
    discard_draft,
    kind_schema,
    kinds,
    list_definitions,
    problems_of,
    publish,
    restore,
    retire,
    revert,
    save_draft,
    validate,
)
from suyuan.designer.api.packs import (
    export_pack,
    install_pack,
    installed_packs,
    pack_files,
    pack_zip,
    read_pack,
    try_pack,
)
from suyuan.designer.api.published import (
    ask_stamps,
    first_published,
    in_force,
    published_version,
    published_versions,
    stamp,
    typed_body,
    version_row,
    versions,
)

__all__ = [
    "ask_stamps",
    "compare",
    "definition",
    "discard_draft",
    "export_pack",
    "first_published",
    "in_force",
    "install_pack",
    "installed_packs",
    "kind_schema",
    "kinds",
    "list_definitions",
    "pack_files",
    "pack_zip",
    "problems_of",
    "publish",
    "published_version",
    "published_versions",
    "read_pack",
    "restore",
    "retire",
    "revert",
    "save_draft",
    "stamp",
    "try_pack",
    "typed_body",
    "validate",
    "version_row",
    "versions",
]
