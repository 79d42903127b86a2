"""``python -m kvaljury`` and the console script."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from kvaljury.cli import run  # noqa: PLC0415  # `import kvaljury.__main__` stays cheap

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
