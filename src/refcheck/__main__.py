"""`python -m refcheck` is the command."""

from refcheck.cli import main

main()
