"""Does a web address still lead somewhere? Asked politely, and never of a machine that is not public.

The name is looked up once and the connection goes to the very address that was judged, so that a name which changes its
mind in between leads nowhere else. Every redirect is judged anew.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from urllib.parse import SplitResult, urljoin, urlsplit

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
Judge = Callable[[IPAddress], bool]

TIMEOUT = 10.0  # seconds for each step
WHOLE_TIME = 20.0  # seconds for one request, however slowly its answer drips
MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 5
REDIRECTS = {301, 302, 303, 307, 308}
GONE = {404, 410}


class Answer(StrEnum):
    WORKS = "works"
    GONE = "gone"
    FAILED = "failed"
    REFUSED = "refused"


class _PrivateError(Exception):
    """The address leads to a machine that is not public."""


def is_public(address: IPAddress) -> bool:
    mapped = getattr(address, "ipv4_mapped", None)
    return (mapped or address).is_global and not address.is_multicast


def check(address: str, *, agent: str, may_reach: Judge = is_public) -> Answer:
    """`agent` says who asks. `may_reach` judges the machine that a name stands for."""
    try:
        status = _follow("HEAD", address, agent, may_reach)
        if not 200 <= status < 300:  # some servers know no HEAD, or answer it wrongly
            status = _follow("GET", address, agent, may_reach)
    except _PrivateError:
        return Answer.REFUSED
    except (OSError, ValueError, http.client.HTTPException):
        return Answer.FAILED
    if status in GONE:
        return Answer.GONE
    return Answer.WORKS if 200 <= status < 300 else Answer.FAILED


def _follow(method: str, address: str, agent: str, may_reach: Judge) -> int:
    """The status at the end of the redirects."""
    for _ in range(MOST_REDIRECTS + 1):
        status, location = _ask(method, urlsplit(address), agent, may_reach)
        if status not in REDIRECTS or not location:
            return status
        address = urljoin(address, location)
    return 310  # too many redirects


def _ask(method: str, target: SplitResult, agent: str, may_reach: Judge) -> tuple[int, str | None]:
    if target.scheme not in {"http", "https"} or not target.hostname:
        raise ValueError("Not a web address")
    port = target.port or (443 if target.scheme == "https" else 80)
    sock = socket.create_connection((_machine(target.hostname, port, may_reach), port), timeout=TIMEOUT)

    def hang_up() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(WHOLE_TIME, hang_up)
    timer.daemon = True
    timer.start()
    connection = http.client.HTTPConnection(target.hostname, port, timeout=TIMEOUT)
    try:
        if target.scheme == "https":
            # Wrapped first, so that a handshake that drips is cut off too.
            context = ssl.create_default_context()
            sock = context.wrap_socket(sock, server_hostname=target.hostname, do_handshake_on_connect=False)
            sock.do_handshake()
        connection.sock = sock
        path = target._replace(scheme="", netloc="", fragment="").geturl() or "/"
        connection.request(method, path, headers={"User-Agent": agent, "Accept": "*/*", "Connection": "close"})
        response = connection.getresponse()
        response.read(MOST_BYTES)
        return response.status, response.getheader("Location")
    finally:
        timer.cancel()
        connection.close()
        sock.close()


def _machine(host: str, port: int, may_reach: Judge) -> str:
    """The address to connect to. When one of several is private, none is tried."""
    found = [str(entry[4][0]) for entry in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    if not found or not all(may_reach(ipaddress.ip_address(one.partition("%")[0])) for one in found):
        raise _PrivateError
    return found[0]
