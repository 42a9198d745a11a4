"""An entry in the words of schema.org, so that search engines and other catalogues can read it. It names no person."""

from typing import Any

from django.conf import settings
from django.urls import reverse

Entry = dict[str, Any]


def of(entry: Entry) -> dict[str, Any]:
    return _without_gaps(
        {
            "@context": "https://schema.org",
            "@type": "WebPage",
            "url": settings.SITE_URL + reverse("initiatives:detail", args=[entry["slug"]]),
            "name": entry["title"],
            "datePublished": entry["created_at"][:10],
            "dateModified": entry["updated_at"][:10],
            "lastReviewed": entry["verified_on"].isoformat() if entry["verified_on"] else None,
            "publisher": {"@type": "Organization", "name": settings.SENATE_NAME},
            "citation": [_source(source) for source in entry["sources"]],
            "mainEntity": _service(entry),
        }
    )


def _service(entry: Entry) -> dict[str, Any]:
    places = [place["name"] for place in (*entry["areas"], *entry["boroughs"])]
    return _without_gaps(
        {
            "@type": "Service",
            "name": entry["title"],
            "alternateName": [name.strip() for name in entry["acronyms"].split(",") if name.strip()],
            "description": entry["summary"],
            "audience": {"@type": "Audience", "audienceType": entry["who_for"]},
            "areaServed": ["London"] if entry["london_wide"] else places,
            "provider": [{"@type": "Organization", "name": one["name"]} for one in entry["organisations"]],
            "serviceType": [theme["name"] for theme in entry["themes"]],
        }
    )


def _source(source: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "CreativeWork",
        "name": f"{source['title']}, {source['where']}",
        "publisher": {"@type": "Organization", "name": source["publisher"]},
    }


def _without_gaps(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in (None, "", [])}
