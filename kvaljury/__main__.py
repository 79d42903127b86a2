"""``python -m kvaljury`` and the console script."""

import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # One thread: the matrices are small, and threads change the last bits of what they give.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from kvaljury.cli import run  # noqa: PLC0415  # `import kvaljury.__main__` stays cheap

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
