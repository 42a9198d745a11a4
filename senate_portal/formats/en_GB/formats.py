"""Dates as the NHS writes them: Thursday 26 January 2017, 9:30am."""

DATE_FORMAT = "l j F Y"
SHORT_DATE_FORMAT = "j M Y"
TIME_FORMAT = "g:ia"
DATETIME_FORMAT = "l j F Y, g:ia"
