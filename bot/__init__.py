"""Loa: answers residents from the directives their province has really issued."""

__version__ = "0.1.0"
