from django.apps import AppConfig


class StpFeedbackConfig(AppConfig):
    name = "stp_feedback"
    verbose_name = "forums and their feedback"
