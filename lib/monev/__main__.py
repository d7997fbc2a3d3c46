"""`python -m monev`."""

import sys

from monev.cli import main

if __name__ == "__main__":
    sys.exit(main())
