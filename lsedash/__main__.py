"""`python -m lsedash` is the same as `lsedash`."""

import sys

from lsedash.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
