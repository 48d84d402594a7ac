"""What one query may cost."""

from msgspec import Struct

MEGABYTE = 1 << 20


class Limits(Struct, frozen=True, kw_only=True):
    """What a query may cost, and how many may wait; who goes beyond gets an error that says so."""

    seconds: float = 10.0
    """How long a query may run."""
    answer: int = 128 * MEGABYTE
    """How many bytes its answer may have; an answer is never cut short."""
    memory: int = 1024 * MEGABYTE
    """How many bytes it may take while it runs."""
    text: int = MEGABYTE
    """How many bytes the query itself may have."""
    patience: float = 0.25
    """After how many seconds a query is one of the slow ones, which have processes of their own."""
    waiting: int = 512
    """How many may wait for a process."""
