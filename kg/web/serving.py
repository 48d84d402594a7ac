"""The application on a socket, until somebody ends it."""

import errno
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from kg.errors import KgError
from kg.space import Space
from kg.web.app import create_app
from kg.web.limits import Limits
from kg.web.security import LOOPBACK

_FAREWELL = 2  # seconds that answers under way have, when it ends


def serve(
    space: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    edit: bool = False,
    tell: Callable[[str], object],
) -> None:
    """Serve a space until interrupted; `tell` is told the address, when that can be asked.

    Raises `SpaceError` where there is no such space, and `KgError` where the address cannot be had, or where the space
    could be changed by whoever reaches another address than this machine's own.
    """
    if edit and host not in LOOPBACK:
        raise KgError(f"--edit on {host} would let everybody there change the space; leave --host or --edit out")
    with Space.open(space) as opened:
        opened.catch_up()  # here, where what is wrong with it can be told
    app = create_app(space, limits=limits, edit=edit, any_host=host not in LOOPBACK)
    with _listening(host, port) as listener:
        tell(_address(host, listener.getsockname()[1]))
        config = uvicorn.Config(
            app,
            log_config=None,  # logging is for who runs this
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=_FAREWELL,
        )
        try:
            uvicorn.Server(config).run(sockets=[listener])
        except KeyboardInterrupt:  # what uvicorn ends with, when it has ended all else
            return


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise KgError(f"port {port} on {host} is in use; --port names another one, 0 any that is free") from error
        raise KgError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from error


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
