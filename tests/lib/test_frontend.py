import re

import pytest
from django.core.management import call_command
from django.template.loader import get_template
from django.test import override_settings

from senate_portal.lib import frontend

CSS = """:root{--a:1}
@font-face{font-family:Frutiger W01;src:url(https://assets.example.org/a.woff2) format("woff2")}
.x{background:url(/assets/images/tick.svg)}
/*# sourceMappingURL=nhsuk-frontend.min.css.map */
"""


def test_stylesheet_asks_no_other_site():
    found = frontend.local_stylesheet(CSS)
    assert found.split() == [":root{--a:1}", ".x{background:url(images/tick.svg)}"]


@pytest.mark.parametrize("rule", ["@import '//elsewhere.example.org/a.css';", ".x{src:url('https://elsewhere/a.svg')}"])
def test_stylesheet_that_still_asks_another_site_is_refused(rule):
    with pytest.raises(ValueError, match="asks another site"):
        frontend.local_stylesheet(rule)


def test_script_names_no_source_map():
    assert frontend.without_source_map("run();\n//# sourceMappingURL=a.min.js.map\n") == "run();\n\n"


def test_prepared_files_hold_no_address_to_fetch():
    for name in ("nhsuk-frontend.min.css", "nhsuk-frontend.min.js"):
        text = (frontend.VENDOR / name).read_text()
        assert "sourceMappingURL" not in text
        assert re.findall(r"url\(\s*[\"']?(?:https?:)?//", text) == []


def test_every_static_file_gets_a_hashed_name(settings, tmp_path):
    """With the storage of a real site, which refuses a stylesheet or script that names a file which is not there."""
    hashed = settings.STORAGES | {"staticfiles": {"BACKEND": "senate_portal.lib.static_files.StaticFilesStorage"}}
    # The templates are set anew because they remember the names of static files.
    with override_settings(STORAGES=hashed, STATIC_ROOT=tmp_path, TEMPLATES=settings.TEMPLATES):
        call_command("collectstatic", interactive=False, verbosity=0)
        page = get_template("500.html").render({})
    assert re.search(r'href="/static/vendor/nhsuk-frontend\.min\.[0-9a-f]{12}\.css"', page)
    script = next((tmp_path / "js").glob("portal.????????????.js")).read_text()
    assert re.search(r'from "\.\./vendor/nhsuk-frontend\.min\.[0-9a-f]{12}\.js"', script)
