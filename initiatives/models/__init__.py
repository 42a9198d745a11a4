from initiatives.models.catalogue import CatalogueVersion, ThesaurusEntry
from initiatives.models.contacts import Contact, Link
from initiatives.models.evidence import Outcome, Source, SourceReference
from initiatives.models.initiatives import (
    Basis,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    Service,
)
from initiatives.models.organisations import Organisation
from initiatives.models.places import AreaLead, Borough, STPArea, SuccessorBody
from initiatives.models.themes import Population, Theme

__all__ = [
    "AreaLead",
    "Basis",
    "Borough",
    "CatalogueVersion",
    "Contact",
    "Initiative",
    "InitiativeArea",
    "InitiativeBorough",
    "Link",
    "Organisation",
    "Outcome",
    "Population",
    "STPArea",
    "Service",
    "Source",
    "SourceReference",
    "SuccessorBody",
    "Theme",
    "ThesaurusEntry",
]
