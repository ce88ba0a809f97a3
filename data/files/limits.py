"""How much one file may ask for before it is refused, and a build in all: [limits] of sources.toml."""

from dataclasses import dataclass, fields

MB = 1 << 20
SMALL = 50 * MB  # below this a high ratio is a small repetitive file, and harmless


@dataclass(frozen=True)
class Limits:
    """`unpacked_mb` and `unpack_ratio` bound what a compressed file becomes; `columns` the width of a table;
    `files` what one path may stand for; `seconds` how long a spreadsheet may take to open. A file beyond them is refused and the rest of
    the build goes on. `memory_mb` is what the engine of a build may hold; None: room.for_build decides. `kept_mb` is what
    kept readings may take in the store; None: as much as they need."""

    unpacked_mb: float = 4000
    unpack_ratio: float = 200
    columns: float = 5000
    files: float = 10_000
    seconds: float = 120
    memory_mb: float | None = None
    kept_mb: float | None = None

    def too_large(self, packed: int, unpacked: int) -> str | None:
        """Which limit `unpacked` bytes out of `packed` break, in words."""
        if unpacked > self.unpacked_mb * MB:
            return f"more than {self.unpacked_mb:,g} MB ([limits] unpacked_mb)"
        if unpacked > SMALL and unpacked > packed * self.unpack_ratio:
            return f"more than {self.unpack_ratio:,g} times its size ([limits] unpack_ratio)"
        return None


NAMES = tuple(field.name for field in fields(Limits))
