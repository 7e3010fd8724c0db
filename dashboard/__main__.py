"""`python -m dashboard`: open the dashboard on a folder of releases."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from dashboard.release import ReleaseError
from dashboard.serve import DEFAULT_DATA, serve


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=DEFAULT_DATA,
    envvar="CAPTAGON_DATA",
    help="Folder with current.json and releases/ (default: the shipped data).",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8050, show_default=True, help="Port to listen on."
)
@click.option(
    "--processes",
    type=click.IntRange(1, 64),
    envvar="CAPTAGON_PROCESSES",
    help="Processes that answer and share the memory of the release (default: one a processor, 2 at most).",
)
@click.option("--open", "open_browser", is_flag=True, help="Open it in the browser, where there is a screen.")
def main(data: Path, host: str, port: int, processes: int | None, open_browser: bool) -> None:
    """Serve the dashboard of reported Captagon seizures."""
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    click.echo(f"Dashboard on http://{host}:{port}  (data: {data}; stop with Ctrl+C)")
    try:
        serve(data, host, port, open_browser=open_browser, processes=processes)
    except ReleaseError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"cannot listen on {host}:{port}: {error}. Try another --port.") from error


if __name__ == "__main__":
    main()
