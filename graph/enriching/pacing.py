"""How often somebody's endpoint is asked, and how long it is left alone when it wants to be."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

TRIES = 4
"""How often one question is asked at most."""
FIRST = 2.0
"""Seconds until the second try where the endpoint does not say; each further one takes twice as long."""
LONGEST = 120.0
"""Seconds that are waited at most; who wants to be left alone longer is asked another day."""


class Clock:
    """Time as it passes; a test has one of its own."""

    def monotonic(self) -> float:
        """Seconds since some moment, which never go back."""
        return time.monotonic()

    def now(self) -> datetime:
        """The time of the day, in UTC."""
        return datetime.now(UTC)

    def sleep(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


@dataclass
class Pace:
    """Not more than ``rate`` questions a second, counted from the beginning of each."""

    rate: float
    clock: Clock
    _last: float | None = None

    def wait(self) -> None:
        """Until the next question may be asked, which begins now."""
        if self._last is not None:
            left = self._last + 1 / self.rate - self.clock.monotonic()
            if left > 0:
                self.clock.sleep(left)
        self._last = self.clock.monotonic()


def pause(after: str, tried: int, now: datetime) -> float:
    """Seconds to wait after so many tries: those of Retry-After (RFC 9110, section 10.2.3), else by backing off."""
    text = after.strip()
    if text.isascii() and text.isdigit() and len(text) < 10:
        return float(text)
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return FIRST * 2.0 ** (tried - 1)
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    seconds = float((date - now).total_seconds())
    return max(0.0, seconds)
