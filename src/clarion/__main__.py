"""``clarion`` and ``python -m clarion``: run the root command; turn every error into one clear message."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line and leave with its exit code.

    ``--debug`` (anywhere) shows tracebacks, ``--json`` prints errors as JSON on standard error.
    """
    import typer

    from clarion.cli import app
    from clarion.errors import ClarionError

    debug = "--debug" in sys.argv
    arguments = [a for a in sys.argv[1:] if a != "--debug"]
    try:
        code = app(arguments, prog_name="clarion", standalone_mode=False)
    except ClarionError as error:
        if debug:
            raise
        _complain(error)
        code = error.exit_code
    except typer.TyperException as error:
        _complain_usage(error)
        code = error.exit_code
    except (typer.Abort, KeyboardInterrupt):
        sys.stderr.write("Stopped.\n")
        code = 130
    except BrokenPipeError:
        code = 141
    except Exception as error:
        if debug:
            raise
        _complain(_unexpected(error))
        code = 70
    sys.exit(code if isinstance(code, int) else 0)


def _complain(error: Exception) -> None:
    from clarion.errors import ClarionError
    from clarion.vocab import visible

    assert isinstance(error, ClarionError)
    if "--json" in sys.argv:
        import json

        sys.stderr.write(visible(json.dumps({"error": error.to_dict()}, ensure_ascii=False, default=str)) + "\n")
    else:
        sys.stderr.write(visible(f"Error: {error}") + "\n")


def _complain_usage(error: Exception) -> None:
    from clarion.errors import InputError

    message = error.format_message() if hasattr(error, "format_message") else str(error)
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "clarion"
    if type(error).__name__ == "NoArgsIsHelpError":  # a group named without a command: its help is the answer
        sys.stderr.write(message + "\n")
        return
    _complain(InputError(message, where=path, next_step=f"See the options with: {path} --help"))


def _unexpected(error: Exception) -> Exception:
    from clarion.errors import ClarionError, StorageError

    if isinstance(error, OSError):
        return StorageError(
            f"The system refused: {error.strerror or type(error).__name__}.",
            where=str(error.filename or ""),
            next_step="Check space and permissions with: clarion doctor",
        )
    if type(error).__module__ in ("django.db.utils", "sqlite3"):
        from clarion.desk.troubles import in_plain_words

        return in_plain_words(error)
    return ClarionError(
        f"Clarion met something it did not expect ({type(error).__name__}).",
        next_step="Run the same command with --debug and report what it prints, after checking it for personal data.",
    )


if __name__ == "__main__":
    main()
