"""``python -m kvaljury`` and the console script."""

import gc
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    gc.disable()  # a command is short, and collecting costs a tenth of it
    from kvaljury.cli import run  # noqa: PLC0415  # `import kvaljury.__main__` stays cheap

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
