"""A report as a file. Word's and PDF's libraries take a while to load, so that happens when they are needed."""

from __future__ import annotations

from .report import Report

ENDINGS = ("docx", "pdf")


def set_report(report: Report, ending: str) -> bytes:
    """The bytes of a file of that kind, "docx" or "pdf"; takes up to a second."""
    if ending == "pdf":
        from .report_pdf import as_pdf

        return as_pdf(report)
    from .report_docx import as_docx

    return as_docx(report)
