"""The date room: every time expression of an article, resolved to the calendar. Pure Python, no spaCy."""

from pipeline.date.fiscal import fiscal_year_start
from pipeline.date.period import shift_period
from pipeline.date.reader import read_dates

__all__ = ["fiscal_year_start", "read_dates", "shift_period"]
