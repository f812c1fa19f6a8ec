"""The signed repository of the demonstration, with more published into it."""

import os
import re
import shutil
import sys
from pathlib import Path

from .images import ROOT
from .machine import Failed, run

PROGRAMS = Path(os.environ.get("BORNE_BIN_DIR", ROOT / "target/release"))
# What the first video of the demonstration is called in the next edition.
RENAMED = "Analyste financier, revu"


class Repository:
    """A copy, signed with the keys of the demonstration: the original stays as it is."""

    def __init__(self, folder, images):
        self.folder = Path(folder)
        self.media = images.demo.parent / "media"
        self.keys = images.demo.parent / "keys"
        self.edition = 0
        shutil.copytree(images.demo, self.folder)

    def sign(self, command, *options):
        run(PROGRAMS / "media-manifest", command, *options, "--keys", self.keys, "--repository", self.folder)

    def offer(self, bundle, version):
        """A system for the bornes."""
        self.sign("firmware", bundle, "--version", version)

    def rename_first_video(self):
        """The next edition of the catalogue, with another title."""
        media = self.next_media()
        rewrite(media / "manifest.toml", r'(?m)^title = ".*"$', f'title = "{RENAMED}"')
        self.sign("publish", "--source", media)

    def publish_another(self):
        """The next edition of the catalogue: one film is another file, which has to be fetched."""
        media = self.next_media()
        self.edition += 1
        films = sorted(media.glob("*/*.mp4"))
        # A box of eight bytes that players step over (ISO/IEC 14496-12, 8.1.2).
        with open(films[self.edition % len(films)], "ab") as film:
            film.write(b"\0\0\0\x08free")
        self.sign("publish", "--source", media)

    def next_media(self):
        """A copy of what the demonstration is published from, kept from one edition to the next."""
        media = self.folder.with_name(f"{self.folder.name}-media")
        if not media.exists():
            shutil.copytree(self.media, media)
        return media

    def forged(self, folder):
        """The same, whose newest metadata somebody has changed after they were signed."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        rewrite(Path(folder) / "metadata/timestamp.json", r'"expires": ?"2', '"expires":"3')
        return folder

    def served(self):
        """What answers a machine that asks for it."""
        return f"{sys.executable} {Path(__file__).with_name('served.py')} {self.folder}"


def rewrite(file, what, by):
    """Changes the first place of a text that is like `what`."""
    text, count = re.subn(what, by, file.read_text(encoding="utf-8"), count=1)
    if count != 1:
        raise Failed(f"nothing to change in {file}")
    file.write_text(text, encoding="utf-8")
