from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from initiatives.models import AreaLead
from senate_portal.accounts.models import User
from stp_feedback.models import FeedbackPoint, Forum
from tests.factories import make_area, make_forum, make_forum_with_feedback, make_point, make_user

pytestmark = pytest.mark.django_db
ANYONE = AnonymousUser()


def make_lead(*codes):
    lead = make_user(User.Role.LEAD)
    for code in codes:
        AreaLead.objects.create(user=lead, area=make_area(code))
    return lead


def test_forum_stores_the_day_of_its_follow_up():
    assert make_forum(held_on=date(2017, 1, 26)).follow_up_due_on == date(2017, 4, 26)
    assert make_forum(held_on=date(2025, 11, 30)).follow_up_due_on == date(2026, 3, 2)


def test_visible_to_shows_an_unpublished_forum_to_staff_only():
    hidden = make_forum(is_published=False)
    assert set(Forum.objects.visible_to(make_user())) == {hidden}
    for user in (ANYONE, make_lead("NEL"), make_user(is_active=False)):
        assert not Forum.objects.visible_to(user)


def test_points_visible_to_everyone_are_those_published_at_a_forum_with_published_feedback():
    shown = make_point()
    make_point(state=FeedbackPoint.State.DRAFT)
    make_point(forum=make_forum())
    make_point(forum=make_forum_with_feedback(is_published=False))
    assert list(FeedbackPoint.objects.visible_to(ANYONE)) == [shown]
    assert FeedbackPoint.objects.visible_to(make_user()).count() == 4


def test_points_visible_to_a_lead_hold_drafts_of_their_own_areas_only():
    forum = make_forum()
    own = make_point(forum, make_area("NEL"), state=FeedbackPoint.State.DRAFT)
    also_own = make_point(forum, make_area("NCL"), state=FeedbackPoint.State.DRAFT)
    make_point(forum, make_area("SEL"), state=FeedbackPoint.State.DRAFT)
    make_point(make_forum(is_published=False), make_area("NEL"), state=FeedbackPoint.State.DRAFT)
    published = make_point(area=make_area("SEL"))
    lead = make_lead("NEL", "NCL")
    assert set(FeedbackPoint.objects.visible_to(lead)) == {own, also_own, published}


def test_with_feedback_for_opens_unpublished_feedback_to_staff_and_to_leads_of_its_areas():
    forum = make_forum()
    make_point(forum, make_area("NEL"), state=FeedbackPoint.State.DRAFT)
    assert list(Forum.objects.with_feedback_for(make_user())) == [forum]
    assert list(Forum.objects.with_feedback_for(make_lead("NEL"))) == [forum]
    assert list(Forum.objects.with_feedback_for(make_lead("SEL"))) == []
    assert list(Forum.objects.with_feedback_for(ANYONE)) == []


def test_before_and_after_order_forums_of_one_day_by_title():
    earlier, first, second, later = (
        make_forum(title=title, held_on=day)
        for title, day in [
            ("D", date(2016, 10, 1)),
            ("A", date(2017, 1, 26)),
            ("B", date(2017, 1, 26)),
            ("C", date(2017, 6, 1)),
        ]
    )
    assert list(Forum.objects.all()) == [later, first, second, earlier]
    assert list(Forum.objects.before(first)) == [second, earlier]
    assert list(Forum.objects.after(second)) == [later, first]


def test_points_are_read_section_by_section_in_the_order_of_the_groups():
    forum, area = make_forum_with_feedback(), make_area()
    support = make_point(forum, area, section="support", position=1)
    innovation = make_point(forum, area, section="innovation", position=1)
    second = make_point(forum, area, section="opportunities", position=2)
    first = make_point(forum, area, section="opportunities", position=1)
    assert list(FeedbackPoint.objects.all()) == [first, second, innovation, support]


def test_point_address_is_its_place_on_the_page_of_its_forum():
    point = make_point(make_forum(slug="care-2017"), make_area("SEL"), section="support", position=9)
    assert point.get_absolute_url() == "/forums/care-2017/feedback/#sel-support-9"
