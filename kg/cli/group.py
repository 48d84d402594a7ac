"""The group that all commands stand in: every failure that can be foreseen ends as one line."""

from typing import Any

import click

from kg.errors import KgError


class Failure(click.ClickException):
    """One line on standard error, exit status 2."""

    exit_code = 2

    def show(self, file: Any = None) -> None:
        click.echo(f"kg: {' '.join(self.message.split())}", err=True)


class Commands(click.Group):
    """A group in which every failure that can be foreseen ends as one line."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise  # whoever reads has seen enough: click ends quietly
        except click.UsageError as error:
            command = (error.ctx or ctx).command_path
            raise Failure(f"{error.format_message()} ({command} --help tells more)") from error
        except (KgError, OSError) as error:
            raise Failure(str(error)) from error
