"""A point in local time, or a whole day."""

from datetime import datetime

import attrs


@attrs.frozen
class Moment:
    """A point in naive local time (Europe/Stockholm), or a whole day.

    Attributes:
        at: the time, or midnight at the start of the day.
        whole_day: True where the hour was not given.
    """

    at: datetime
    whole_day: bool = False
