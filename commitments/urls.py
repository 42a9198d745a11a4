from django.urls import path

from commitments.views import answers, attendees, cards, chasing, importing, joining, outbox, sending, staff, waves

app_name = "commitments"

FOLLOW_UP = "staff/forums/<slug:slug>/follow-up/"

urlpatterns = [
    path("answer/fresh/", answers.FreshLink.as_view(), name="fresh_link"),
    path("answer/<str:token>/", answers.FollowUpAnswer.as_view(), name="answer"),
    path("answer/<str:token>/thanks/", answers.FollowUpThanks.as_view(), name="thanks"),
    path("answer/<str:token>/stop/", answers.FollowUpStop.as_view(), name="stop"),
    # Links that a mail program cut short or put a full stop behind.
    path("answer/<path:token>", answers.FollowUpAnswer.as_view(), name="damaged_link"),
    path("forums/<slug:slug>/join/", joining.Join.as_view(), name="join"),
    path("staff/forums/<slug:slug>/join-code/", joining.JoinCode.as_view(), name="join_code"),
    path("staff/forums/<slug:slug>/join-code.svg", joining.JoinCodePicture.as_view(), name="join_code_picture"),
    path("staff/", staff.StaffHome.as_view(), name="staff"),
    path("staff/to-complete/", staff.ToComplete.as_view(), name="to_complete"),
    path("staff/outbox/", outbox.Outbox.as_view(), name="outbox"),
    path("staff/outbox/<str:name>/", outbox.OutboxMail.as_view(), name="outbox_mail"),
    path("staff/messages/", waves.MessageList.as_view(), name="messages"),
    path("staff/messages/<int:pk>/send-again/", sending.MessageSendAgain.as_view(), name="send_again"),
    path("staff/messages/<int:pk>/count-as-sent/", sending.MessageCountAsSent.as_view(), name="count_as_sent"),
    path("staff/sending/pause/", sending.SendingPause.as_view(), name="sending_pause"),
    path("staff/sending/resume/", sending.SendingResume.as_view(), name="sending_resume"),
    path("staff/answers/", waves.AnswerList.as_view(), name="answers"),
    path("staff/chase/", chasing.ChaseList.as_view(), name="chase"),
    path("staff/chase/now/", chasing.ChaseNow.as_view(), name="chase_now"),
    path("staff/chase/download/", chasing.ChaseDownload.as_view(), name="chase_download"),
    path("staff/attendees/<int:pk>/chase/", chasing.ChaseLog.as_view(), name="chase_log"),
    path("staff/commitments/<int:pk>/answer/", chasing.AnswerOnBehalf.as_view(), name="answer_on_behalf"),
    path("staff/forums/<slug:slug>/", staff.ForumWorkspace.as_view(), name="workspace"),
    path("staff/forums/<slug:slug>/import/", importing.AttendeeImportUpload.as_view(), name="import_upload"),
    path("staff/imports/<int:pk>/", importing.AttendeeImportPreview.as_view(), name="import"),
    path("staff/forums/<slug:slug>/cards/", cards.CardEntry.as_view(), name="cards"),
    path("staff/commitments/<int:pk>/take-back/", cards.CardUndo.as_view(), name="card_undo"),
    path("staff/forums/<slug:slug>/attendees/add/", attendees.AttendeeAdd.as_view(), name="attendee_add"),
    path(FOLLOW_UP, waves.WaveDetail.as_view(), name="wave"),
    path(f"{FOLLOW_UP}plan/", waves.WavePlan.as_view(), name="wave_plan"),
    path(f"{FOLLOW_UP}hold/", waves.WaveHold.as_view(), name="wave_hold"),
    path(f"{FOLLOW_UP}release/", waves.WaveRelease.as_view(), name="wave_release"),
    path(f"{FOLLOW_UP}stop/", waves.WaveStop.as_view(), name="wave_stop"),
    path(f"{FOLLOW_UP}email/", waves.EmailPreview.as_view(), name="email_preview"),
    path("staff/attendees/", attendees.AttendeeList.as_view(), name="attendees"),
    path("staff/attendees/<int:pk>/", attendees.AttendeeDetail.as_view(), name="attendee"),
    path("staff/attendees/<int:pk>/edit/", attendees.AttendeeEdit.as_view(), name="attendee_edit"),
    path("staff/attendees/<int:pk>/stop/", attendees.AttendeeStop.as_view(), name="attendee_stop"),
    path("staff/attendees/<int:pk>/commitments/add/", attendees.CommitmentAdd.as_view(), name="commitment_add"),
    path("staff/commitments/<int:pk>/edit/", attendees.CommitmentEdit.as_view(), name="commitment_edit"),
    path("staff/commitments/<int:pk>/withdraw/", attendees.CommitmentWithdraw.as_view(), name="commitment_withdraw"),
    path("staff/commitments/<int:pk>/reinstate/", attendees.CommitmentReinstate.as_view(), name="commitment_reinstate"),
]
