"""`python -m etl`, and the program `captagon-etl`.

The commands are loaded when they are run: processes that this one starts import this module again.
"""


def main() -> None:
    from etl.cli import main as run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
