from django.http import HttpResponse

from senate_portal.lib.documents import Document
from senate_portal.lib.pdf import pdf
from senate_portal.lib.word import word

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def document_response(name: str, format: str, document: Document) -> HttpResponse:
    """A download named `name`.pdf or `name`.docx."""
    body, content_type = (pdf(document), "application/pdf") if format == "pdf" else (word(document), WORD_TYPE)
    disposition = f'attachment; filename="{name}.{format}"'
    return HttpResponse(body, content_type=content_type, headers={"Content-Disposition": disposition})
