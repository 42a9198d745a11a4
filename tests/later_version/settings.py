"""The portal as a later version may have it, for its migrations."""

from senate_portal.settings import *  # noqa: F403, TID251

INSTALLED_APPS += ["tests.later_version"]  # noqa: F405
