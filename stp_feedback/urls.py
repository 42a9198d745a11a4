from django.urls import path, re_path

from stp_feedback.views import answering, asks, capture, editing, forums, ideas, measures, reading

app_name = "stp_feedback"

DESK = "staff/forums/<slug:slug>/feedback/"

urlpatterns = [
    path("forums/", reading.ForumList.as_view(), name="forums"),
    path("forums.ics", reading.ForumCalendar.as_view(), name="calendar"),
    path("series/<slug:series>.ics", reading.ForumCalendar.as_view(), name="series_calendar"),
    path("series/<slug:slug>/", measures.SeriesDetail.as_view(), name="series"),
    re_path(
        r"^series/(?P<slug>[-\w]+)/measures\.(?P<format>csv|xlsx|json)$",
        measures.MeasureFile.as_view(),
        name="measures_file",
    ),
    path("staff/series/<slug:slug>/measures/add/", measures.MeasureAdd.as_view(), name="measure_add"),
    path("staff/measures/<int:pk>/", measures.MeasureEdit.as_view(), name="measure_edit"),
    path("staff/measures/<int:pk>/remove/", measures.MeasureRemove.as_view(), name="measure_remove"),
    path("staff/measures/<int:pk>/readings/add/", measures.ReadingAdd.as_view(), name="reading_add"),
    path("staff/readings/<int:pk>/undo/", measures.ReadingUndo.as_view(), name="reading_undo"),
    path("forums/<slug:slug>.ics", reading.ForumCalendar.as_view(), name="forum_calendar"),
    path("forums/<slug:slug>/feedback/", reading.FeedbackList.as_view(), name="feedback"),
    path("forums/<slug:slug>/asks/", asks.AskList.as_view(), name="asks"),
    path("forums/<slug:slug>/ideas/", ideas.IdeaList.as_view(), name="ideas"),
    re_path(r"^forums/(?P<slug>[-\w]+)/ideas\.(?P<format>csv|xlsx|json)$", ideas.IdeaFile.as_view(), name="ideas_file"),
    path("staff/forums/<slug:slug>/ideas/add/", ideas.IdeaEdit.as_view(), name="idea_add"),
    path("staff/forums/<slug:slug>/ideas/card/", ideas.IdeaCard.as_view(), name="idea_card"),
    path("staff/forums/<slug:slug>/ideas/publish/", ideas.IdeaPublish.as_view(), name="ideas_publish"),
    path("staff/ideas/<int:pk>/", ideas.IdeaEdit.as_view(), name="idea_edit"),
    path("staff/ideas/<int:pk>/delete/", ideas.IdeaDelete.as_view(), name="idea_delete"),
    path("staff/ideas/<int:pk>/offer/", ideas.IdeaOffer.as_view(), name="idea_offer"),
    path("staff/asks/", asks.AskDesk.as_view(), name="ask_desk"),
    path("staff/asks/<int:pk>/", asks.AskEdit.as_view(), name="ask_edit"),
    path("staff/asks/<int:pk>/merge/", asks.AskMerge.as_view(), name="ask_merge"),
    path("staff/asks/<int:pk>/tell/", asks.AskTell.as_view(), name="ask_tell"),
    re_path(
        r"^forums/(?P<slug>[-\w]+)/feedback\.(?P<format>csv|xlsx|json)$",
        reading.FeedbackFile.as_view(),
        name="feedback_file",
    ),
    path("feedback/points/<int:pk>/answer/", answering.PointAnswer.as_view(), name="point_answer"),
    path("feedback/points/<int:pk>/endorse/", answering.PointEndorse.as_view(), name="point_endorse"),
    path("forums/<slug:slug>/capture/", capture.CaptureOpen.as_view(), name="capture"),
    path("forums/<slug:slug>/capture/<slug:code>/", capture.CaptureArea.as_view(), name="capture_area"),
    path(
        "forums/<slug:slug>/capture/<slug:code>/points/<int:pk>/", capture.CapturePoint.as_view(), name="capture_point"
    ),
    path("staff/forums/add/", forums.ForumEdit.as_view(), name="forum_add"),
    path("staff/forums/<slug:slug>/edit/", forums.ForumEdit.as_view(), name="forum_edit"),
    path("staff/forums/<slug:slug>/edit/<slug:part>/", forums.ForumRows.as_view(), name="forum_rows"),
    path("staff/forums/<slug:slug>/publish/", forums.ForumPublish.as_view(), name="forum_publish"),
    path("staff/forums/<slug:slug>/copy/", forums.ForumCopy.as_view(), name="forum_copy"),
    path(DESK, editing.FeedbackDesk.as_view(), name="desk"),
    path(f"{DESK}code/", editing.CaptureCode.as_view(), name="capture_code"),
    path(f"{DESK}publish/", editing.FeedbackPublish.as_view(), name="publish"),
    path(f"{DESK}<slug:code>/", editing.AreaPoints.as_view(), name="area_points"),
    path(f"{DESK}<slug:code>/paste/", editing.NotesPaste.as_view(), name="notes_paste"),
    path("staff/feedback/points/<int:pk>/", editing.PointEdit.as_view(), name="point_edit"),
    path("staff/recommendations/<int:pk>/tell/", editing.RecommendationTell.as_view(), name="recommendation_tell"),
    path("staff/feedback/points/<int:pk>/move/", editing.PointMove.as_view(), name="point_move"),
]
