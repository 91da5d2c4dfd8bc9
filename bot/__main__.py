"""`python -m bot` is `loa`."""

from .cli import main

main()
