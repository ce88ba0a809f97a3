"""Who may see what: access.toml, the older rights.toml, and the part of a generation that a viewer's rights let see (docs/RIGHTS.md)."""

from metrics.rules.access.access_file import access_file, load_access
from metrics.rules.access.rights_file import load_rights, rights_file
from metrics.rules.access.seen import (
    NothingGranted,
    Seen,
    again,
    beside,
    for_export,
    for_persons,
    rights_of,
    seen,
    viewed,
    within_rights,
)
from metrics.rules.access.viewer import HERE, Identity, NoToken, Viewer, administers, as_groups, by_token, look, viewer

__all__ = [
    "HERE",
    "Identity",
    "NoToken",
    "NothingGranted",
    "Seen",
    "Viewer",
    "access_file",
    "administers",
    "again",
    "as_groups",
    "beside",
    "by_token",
    "for_export",
    "for_persons",
    "load_access",
    "load_rights",
    "look",
    "rights_file",
    "rights_of",
    "seen",
    "viewed",
    "viewer",
    "within_rights",
]
