import json
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.http import http_date
from django.utils.safestring import mark_safe
from django.utils.text import slugify
from django.views.generic import ListView, TemplateView, View

from initiatives import catalogue, entries, exports, filters, linked_data, matrix, search
from initiatives.models import CatalogueDump, Initiative, Source
from senate_portal.lib import spreadsheets

MOST_COMPARED = 4  # fit on a page of A4 on its side
MOST_PLACES = 100  # named under a source


class InitiativeList(ListView):
    template_name = "initiatives/initiative_list.html"
    paginate_by = 25
    extra_context = {"section": "initiatives"}

    def get_queryset(self) -> catalogue.Found:  # type: ignore[override]
        self.filters = filters.read(self.request.GET)
        return self.filters.found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(filters=self.filters, facets=catalogue.FACETS, sorts=filters.SORTS, **kwargs)
        context["words"] = entries.WORDS
        context["entries"] = entries.listed(context["page_obj"].object_list, self.filters.found.query)
        if not self.filters.found:
            context |= self.nothing_found()
        return context

    def nothing_found(self) -> dict[str, Any]:
        """Ways out of an empty list: another spelling, one filter less, what is done all over London."""
        found: dict[str, Any] = {"ways_out": self.filters.ways_out}
        words, now = self.filters.words, self.filters.found.catalogue
        if words and (spelling := search.nearest_spelling(words)):
            found["spelling"] = spelling
            found["spelling_count"] = len(spelled := catalogue.find(self.filters.chosen, words=spelling, now=now))
            found["spelling_anywhere"] = spelled.hits.bit_count()
        if self.filters.chosen.get("area"):
            london_wide = catalogue.find({"area": [catalogue.LONDON_WIDE]}, now=now)
            found["london_wide"] = entries.listed(london_wide[: self.paginate_by])
        return found


class InitiativeFile(View):
    """The list as a file: the same rows in the same order."""

    def get(self, request: HttpRequest, format: str) -> StreamingHttpResponse:
        asked = filters.read(request.GET)
        now = timezone.now()
        name = f"{slugify(asked.heading)[:100]}-{timezone.localdate(now)}"
        stamp = exports.Stamp(asked.heading, request.build_absolute_uri(), now)
        if format == "xlsx":
            return spreadsheets.xlsx_response(name, stamp.title, exports.sheets(asked.found, stamp))
        if format == "json":
            return StreamingHttpResponse(
                exports.json_lines(asked.found, stamp),
                content_type="application/json",
                headers={"Content-Disposition": f'attachment; filename="{name}.json"'},
            )
        return spreadsheets.csv_response(name, exports.HEADER, exports.rows(asked.found))


class DumpFile(View):
    """The whole catalogue as it was last night."""

    def get(self, request: HttpRequest) -> HttpResponse:
        made = get_object_or_404(CatalogueDump)
        name = f"initiatives-all-{timezone.localdate(made.made_at)}.zip"
        return HttpResponse(
            bytes(made.content),
            content_type="application/zip",
            headers={
                "Content-Disposition": f'attachment; filename="{name}"',
                "Last-Modified": http_date(made.made_at.timestamp()),
            },
        )


class ColumnFile(View):
    """What the columns of the files mean."""

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        return spreadsheets.csv_response("initiatives-columns", ["column", "meaning"], exports.dictionary())


def asked_matrix(asked: filters.Filters, query: QueryDict) -> matrix.Matrix:
    make = matrix.by_borough if query.get("by") == "borough" else matrix.by_area
    return make(asked.found, words=asked.words)


class MatrixView(TemplateView):
    template_name = "initiatives/matrix.html"
    extra_context = {"section": "initiatives"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = filters.read(self.request.GET)
        made = asked_matrix(asked, self.request.GET)
        return super().get_context_data(
            matrix=made,
            narrowed=[asked.label(name, key) for name, keys in made.narrowed.items() for key in keys],
            populations=asked.found.catalogue.facets["population"].values(),
            **kwargs,
        )


class MatrixFile(View):
    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        asked = asked_matrix(filters.read(request.GET), request.GET)
        return spreadsheets.csv_response(f"initiatives-by-{asked.place}", *exports.matrix_table(asked))


class InitiativeCompare(TemplateView):
    """Two to four entries side by side; slugs that are not published are passed over."""

    template_name = "initiatives/compare.html"
    extra_context = {"section": "initiatives"}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = catalogue.current()
        asked = [now.slugs[slug] for slug in dict.fromkeys(self.request.GET.getlist("entry")) if slug in now.slugs]
        compared = entries.whole(asked[:MOST_COMPARED])
        for entry in compared:
            entry["claims"] = entries.by_claim(entry["outcomes"])
        left_out = [now.title(pk) for pk in asked[MOST_COMPARED:]]
        return super().get_context_data(entries=compared, left_out=left_out, words=entries.WORDS, **kwargs)


class InitiativeDetail(TemplateView):
    template_name = "initiatives/initiative_detail.html"
    extra_context = {"section": "initiatives"}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            moved = Initiative.objects.reachable().filter(old_slugs__slug=kwargs["slug"]).first()
            if moved is None:
                raise
            return redirect(moved, permanent=True)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = catalogue.current()
        pk = now.slugs.get(kwargs["slug"]) or archived(kwargs["slug"])
        entry = entries.page(pk) if pk else None
        if pk is None or entry is None:
            raise Http404
        return super().get_context_data(
            entry=entry,
            words=entries.WORDS,
            claims=entries.by_claim(entry["outcomes"]),
            linked_data=json_for_html(linked_data.of(entry)),
            address=settings.SITE_URL + self.request.path,
            today=timezone.localdate(),
            related=catalogue.related(now, pk) if pk in now.places else [],
            **kwargs,
        )


def archived(slug: str) -> int | None:
    """The key of an entry that left the catalogue and keeps its page."""
    return Initiative.objects.reachable().filter(slug=slug).values_list("pk", flat=True).first()


# What would end a script element or begin a tag.
SPELT_OUT = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}


def json_for_html(said: dict[str, Any]) -> str:
    """JSON that may stand in a script element of type application/ld+json, which no browser runs."""
    return mark_safe(json.dumps(said, ensure_ascii=False).translate(SPELT_OUT))  # noqa: S308 - no tag can stand in it


class Evidence(TemplateView):
    """What the words mean by which entries say how sure one can be."""

    template_name = "initiatives/evidence.html"
    extra_context = {"section": "initiatives", "words": entries.WORDS}


class SourceList(ListView):
    """Each source with the places used for initiatives; where there are very many, the first, and the list of all."""

    model = Source
    queryset = Source.objects.with_first_entries(MOST_PLACES)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        numbers = {slug: value.entries.bit_count() for slug, value in catalogue.current().facets["source"].items()}
        return super().get_context_data(numbers=numbers, most=MOST_PLACES, **kwargs)
