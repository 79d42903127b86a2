"""A point in local time, or a whole day."""

from datetime import date, datetime, timedelta

import attrs

_INSTANT = timedelta(microseconds=1)


@attrs.frozen
class Moment:
    """A point in naive local time (Europe/Stockholm), or a whole day.

    Attributes:
        at: the time, or midnight at the start of the day.
        whole_day: True where the hour was not given.
    """

    at: datetime
    whole_day: bool = False

    @property
    def last_day(self) -> date:
        """The day itself, or the day that 24.00 ends.

        >>> Moment(datetime(2025, 5, 8)).last_day
        datetime.date(2025, 5, 7)
        """
        return (self.at if self.whole_day else self.at - _INSTANT).date()
