from initiatives.models.catalogue import CatalogueDump, CatalogueVersion, ThesaurusEntry
from initiatives.models.contacts import Contact, Link
from initiatives.models.evidence import Outcome, Source, SourceReference
from initiatives.models.initiatives import (
    Adaptation,
    Basis,
    EvidenceStrength,
    Initiative,
    InitiativeArea,
    InitiativeBorough,
    InitiativeOrganisation,
    InitiativePopulation,
    InitiativeTheme,
    OldSlug,
    Service,
)
from initiatives.models.organisations import Organisation
from initiatives.models.places import AreaLead, Borough, STPArea, SuccessorBody
from initiatives.models.saved_searches import SavedSearch
from initiatives.models.submissions import ArchiveWarning, Confirmation, ImportFile, ProblemReport, Submission
from initiatives.models.themes import OldThemeSlug, Population, Theme, ThemeMerge

__all__ = [
    "Adaptation",
    "ArchiveWarning",
    "AreaLead",
    "Basis",
    "Borough",
    "CatalogueDump",
    "CatalogueVersion",
    "Confirmation",
    "Contact",
    "EvidenceStrength",
    "ImportFile",
    "Initiative",
    "InitiativeArea",
    "InitiativeBorough",
    "InitiativeOrganisation",
    "InitiativePopulation",
    "InitiativeTheme",
    "Link",
    "OldSlug",
    "OldThemeSlug",
    "Organisation",
    "Outcome",
    "Population",
    "ProblemReport",
    "STPArea",
    "SavedSearch",
    "Service",
    "Source",
    "SourceReference",
    "Submission",
    "SuccessorBody",
    "Theme",
    "ThemeMerge",
    "ThesaurusEntry",
]
