import requests
from urllib3.exceptions import NewConnectionError


def never_left(problem: BaseException | None) -> bool:
    """Whether a request failed before anything of it reached the other side."""
    if isinstance(problem, requests.ConnectTimeout | requests.exceptions.SSLError):
        return True
    reason = getattr(problem.args[0], "reason", None) if problem and problem.args else None
    return isinstance(reason, NewConnectionError)
