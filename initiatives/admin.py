from django.contrib import admin
from django.db import models

from initiatives.models import (
    AreaLead,
    Borough,
    Contact,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    Link,
    Organisation,
    Outcome,
    Population,
    Service,
    Source,
    SourceReference,
    STPArea,
    SuccessorBody,
    Theme,
    ThesaurusEntry,
)

SECURE_ADDRESSES: dict[type[models.Field], dict[str, str]] = {models.URLField: {"assume_scheme": "https"}}


class AreaInline(admin.TabularInline):
    model = InitiativeArea
    extra = 0


class BoroughInline(admin.TabularInline):
    model = InitiativeBorough
    extra = 0


class ServiceInline(admin.TabularInline):
    model = Service
    extra = 0


class OutcomeInline(admin.StackedInline):
    model = Outcome
    extra = 0


class ContactInline(admin.StackedInline):
    model = Contact
    extra = 0
    raw_id_fields = ["successor"]


class LinkInline(admin.StackedInline):
    model = Link
    extra = 0
    formfield_overrides = SECURE_ADDRESSES


class SourceReferenceInline(admin.TabularInline):
    model = SourceReference
    extra = 0


class SuccessorInline(admin.TabularInline):
    model = SuccessorBody
    extra = 0


class LeadInline(admin.TabularInline):
    model = AreaLead
    extra = 0


@admin.register(Initiative)
class InitiativeAdmin(admin.ModelAdmin):
    list_display = ["title", "publication", "stage", "evaluation_status", "verified_on"]
    list_filter = ["publication", "stage", "evaluation_status", "areas", "themes"]
    search_fields = ["title", "acronyms", "summary"]
    prepopulated_fields = {"slug": ["title"]}
    filter_horizontal = ["themes", "populations", "organisations"]
    readonly_fields = ["created_by", "created_at", "updated_at"]
    inlines = [
        AreaInline,
        BoroughInline,
        ServiceInline,
        OutcomeInline,
        ContactInline,
        LinkInline,
        SourceReferenceInline,
    ]


@admin.register(STPArea)
class STPAreaAdmin(admin.ModelAdmin):
    list_display = ["name", "code"]
    inlines = [SuccessorInline, LeadInline]


@admin.register(Borough)
class BoroughAdmin(admin.ModelAdmin):
    list_display = ["name", "area"]
    list_filter = ["area"]


@admin.register(Theme, Population)
class NamedAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin):
    list_display = ["name", "kind"]
    list_filter = ["kind"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Source)
class SourceAdmin(admin.ModelAdmin):
    list_display = ["title", "publisher", "date_as_printed"]
    search_fields = ["title", "publisher"]
    formfield_overrides = SECURE_ADDRESSES
    prepopulated_fields = {"slug": ["title"]}


@admin.register(ThesaurusEntry)
class ThesaurusEntryAdmin(admin.ModelAdmin):
    """Words that mean the same to people who search."""
