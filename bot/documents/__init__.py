"""Reads official documents (.docx, .pdf, .txt, .md): what they say about themselves, and their clauses."""
