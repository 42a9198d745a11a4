from django.urls import path, re_path

from initiatives.feeds import InitiativeFeed
from initiatives.views import catalogue, contacts, importing, moderation, problems, submitting, themes

app_name = "initiatives"

urlpatterns = [
    path("initiatives/", catalogue.InitiativeList.as_view(), name="list"),
    path("initiatives.atom", InitiativeFeed(), name="feed"),
    path("initiatives-columns.csv", catalogue.ColumnFile.as_view(), name="columns"),
    re_path(r"^initiatives\.(?P<format>csv|xlsx|json)$", catalogue.InitiativeFile.as_view(), name="file"),
    path("initiatives-all.zip", catalogue.DumpFile.as_view(), name="dump"),
    path("initiatives/compare/", catalogue.InitiativeCompare.as_view(), name="compare"),
    path("initiatives/matrix/", catalogue.MatrixView.as_view(), name="matrix"),
    path("initiatives-matrix.csv", catalogue.MatrixFile.as_view(), name="matrix_file"),
    path("initiatives/submit/", submitting.Submit.as_view(), name="submit"),
    path("initiatives/submit/thanks/", submitting.Submitted.as_view(), name="submitted"),
    path("initiatives/<slug:slug>/", catalogue.InitiativeDetail.as_view(), name="detail"),
    path("staff/initiatives/", moderation.ModerationList.as_view(), name="moderation_list"),
    path("staff/initiatives/add/", moderation.ModerationEdit.as_view(), name="moderation_add"),
    path("staff/initiatives/<int:pk>/", moderation.ModerationDetail.as_view(), name="moderation"),
    path("staff/initiatives/<int:pk>/edit/", moderation.ModerationEdit.as_view(), name="moderation_edit"),
    path("staff/initiatives/<int:pk>/step/", moderation.ModerationStep.as_view(), name="moderation_step"),
    path("staff/initiatives/<int:pk>/restore/", moderation.ModerationRestore.as_view(), name="moderation_restore"),
    path("staff/initiatives/<int:pk>/take-out/", moderation.ModerationTakeOut.as_view(), name="moderation_take_out"),
    path("staff/initiatives/<int:pk>/checked/", moderation.ModerationChecked.as_view(), name="moderation_checked"),
    path("staff/initiatives/problems/", problems.ProblemList.as_view(), name="problems"),
    path("staff/initiatives/links/", problems.LinkList.as_view(), name="links"),
    path("staff/initiatives/silent-contacts/", problems.SilentContactList.as_view(), name="silent_contacts"),
    path("staff/initiatives/problems/<int:pk>/", problems.ProblemSettle.as_view(), name="problem_settle"),
    path("staff/initiatives/contacts/", contacts.ContactsLost.as_view(), name="contacts_lost"),
    path("staff/initiatives/contacts/<int:pk>/left/", contacts.ContactLeft.as_view(), name="contact_left"),
    path("staff/initiatives/contacts/<int:pk>/back/", contacts.ContactBack.as_view(), name="contact_back"),
    path("staff/initiatives/contacts/<int:pk>/ask/", contacts.ContactAsk.as_view(), name="contact_ask"),
    path("initiatives/<slug:slug>/report/", problems.ProblemTell.as_view(), name="problem"),
    path("confirm/<str:token>/", problems.Confirm.as_view(), name="confirm"),
    path("staff/initiatives/import/", importing.ImportUpload.as_view(), name="import"),
    path("staff/initiatives/import/<int:pk>/", importing.ImportPreview.as_view(), name="import_preview"),
    path("staff/themes/", themes.ThemeList.as_view(), name="themes"),
    path("staff/themes/add/", themes.ThemeAdd.as_view(), name="theme_add"),
    path("staff/themes/<int:pk>/", themes.ThemeEdit.as_view(), name="theme"),
    path("staff/themes/<int:pk>/merge/", themes.ThemeMergeInto.as_view(), name="theme_merge"),
    path("staff/themes/merges/<int:pk>/undo/", themes.ThemeMergeUndo.as_view(), name="theme_merge_undo"),
    path("evidence/", catalogue.Evidence.as_view(), name="evidence"),
    path("sources/", catalogue.SourceList.as_view(), name="sources"),
]
