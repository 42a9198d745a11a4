"""Tables as JSON for programs: a list with one object for each row."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse


def json_response(name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> StreamingHttpResponse:
    """A download named `name`.json. Rows are read as they are sent."""
    return StreamingHttpResponse(
        json_lines(header, rows),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="{name}.json"'},
    )


def json_lines(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    yield "["
    for number, row in enumerate(rows):
        one = json.dumps(dict(zip(header, row, strict=True)), ensure_ascii=False, cls=DjangoJSONEncoder)
        yield f"{',' if number else ''}\n{one}"
    yield "\n]\n"
