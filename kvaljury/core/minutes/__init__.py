"""The record to the minutes that the chair and an adjuster sign."""

from kvaljury.core.minutes.document import minutes_document, signed_head

__all__ = ["minutes_document", "signed_head"]
