"""What an image for a real borne holds, and what it must not hold."""

import json
import os
import re
import shutil
import subprocess

from .images import FIRST, ROOT
from .machine import Failed, run
from .report import expect

# What only a test build has.
FOR_TESTS = ("usr/lib/systemd/system/test-shell.service", "usr/lib/systemd/system-preset/00-a-test.preset",
             "boot/test.cfg", "etc/systemd/system/sysinit.target.wants/test-shell.service")
# A key itself: programs that can read keys hold its first line, but nothing after it.
PRIVATE = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY-----\r?\n[A-Za-z0-9+/=]{16}")
# What the list of contents must name: the kernel, and what draws.
PARTS = {"linux-image-amd64", "slint"}
# Sizes in the table of the disk, bytes.
SECTOR, ENTRY = 512, 128
# The most that the disk may take when it is sent, bytes.
DISK_BYTES = 400_000_000


class Shipped:
    """An image built as for a borne, opened without being started."""

    def __init__(self, folder, images):
        self.folder = folder / "shipped"
        self.images = images
        self.disk = self.folder / "disk.img"
        self.tree = self.folder / "tree"
        self.out = self.folder / "out"

    def build(self, out, work, *options, **more):
        """An image as for a borne, with `more` in its environment; returns what the build says of it."""
        command = [ROOT / "deploy/image/build", "--version", FIRST, "--keys", self.images.keys, "--out", out, *options]
        if subprocess.run([str(part) for part in command], check=False,
                          env={**os.environ, "IMAGE_WORK_DIR": str(work), **more}).returncode != 0:
            raise Failed(f"deploy/image/build has failed: see {work}/logs")
        return self.told(out)

    @staticmethod
    def told(out):
        return json.loads((out / f"borne-{FIRST}.build.json").read_text(encoding="utf-8"))

    def is_small(self):
        """Builds it: no test, no settings, no demonstration."""
        facts = self.build(self.out, self.images.work)
        packed = self.out / f"borne-{FIRST}.img.zst"
        size = packed.stat().st_size
        run("zstd", "-d", "-q", "-f", "--sparse", packed, "-o", self.disk)
        packed.unlink()
        expect(size <= DISK_BYTES, f"the compressed disk takes {size} bytes")
        return {"disk_bytes": size, "update_bytes": facts["update_bytes"], "seconds": facts["seconds"]}

    def lets_nobody_in(self):
        shutil.rmtree(self.tree, ignore_errors=True)
        run("unsquashfs", "-q", "-n", "-o", self.start_of("system-a"), "-d", self.tree, self.disk)
        found = [name for name in FOR_TESTS if (self.tree / name).exists() or (self.tree / name).is_symlink()]
        expect(not found, f"for tests alone: {found}")
        shadow = (self.tree / "etc/shadow").read_text(encoding="utf-8")
        open_ = [line.split(":")[0] for line in shadow.splitlines() if not re.fullmatch(r"[!*]+", line.split(":")[1])]
        expect(not open_, f"accounts with a password, or with none to ask for: {open_}")
        keys, count = [], 0
        for file in self.tree.rglob("*"):
            if file.is_file() and not file.is_symlink():
                count += 1
                held = file.read_bytes()
                # Libraries of Debian carry keys with which they try themselves.
                if PRIVATE.search(held) and not (held.startswith(b"\x7fELF") and file.name != "borne"):
                    keys.append(str(file.relative_to(self.tree)))
        expect(not keys, f"private keys: {keys}")
        return {"files": count}

    def says_what_it_is(self):
        """Its version, whom it trusts, and what it is made of."""
        etc = self.tree / "etc/borne"
        version = (etc / "version").read_text(encoding="utf-8").strip()
        expect(version == FIRST, f"version {version}")
        given = self.images.keys / "root.json"
        if given.exists():
            expect((etc / "root.json").read_bytes() == given.read_bytes(), "it trusts another root")
        shutil.rmtree(self.tree)
        contents = json.loads((self.out / f"borne-{FIRST}.cdx.json").read_text(encoding="utf-8"))
        expect(contents["bomFormat"] == "CycloneDX", f"the list of contents is {contents['bomFormat']}")
        names = {part["name"] for part in contents["components"]}
        expect(PARTS <= names, f"the list of contents lacks {PARTS - names}")
        return {"parts": len(names)}

    def brings_nothing_of_its_own(self):
        """Neither catalogue nor settings."""
        data = run("debugfs", "-R", "ls -p /", f"{self.disk}?offset={self.start_of('data')}")
        names = {line.split("/")[5] for line in data.splitlines() if line.count("/") >= 6}
        expect(names == {".", "..", "lost+found"}, f"on the data partition: {sorted(names)}")
        boot = run("mdir", "-b", "-i", f"{self.disk}@@{self.start_of('esp')}", "::").split()
        expect("::/borne.toml" not in boot, f"on the boot partition: {boot}")
        return {"boot": boot}

    def is_the_same_again(self):
        """From nothing, packages too, the system is the same to the byte."""
        first = self.told(self.out)
        work = self.folder / "again"
        date = str(first["source_date_epoch"])
        second = self.build(self.folder / "out-again", work, "--update-only", SOURCE_DATE_EPOCH=date)
        shutil.rmtree(work)
        expect(not second["packages_from_cache"], "the packages were not installed again")
        expect(first["system_sha256"] == second["system_sha256"],
               f"{first['system_sha256']} is not {second['system_sha256']}")
        return {"system_sha256": first["system_sha256"], "seconds": second["seconds"]}

    def start_of(self, name):
        """Where a partition begins, bytes: from the table of the disk (UEFI specification, 5.3.3)."""
        with open(self.disk, "rb") as disk:
            disk.seek(2 * SECTOR)
            table = disk.read(128 * ENTRY)
        for at in range(0, len(table), ENTRY):
            if table[at + 56:at + ENTRY].decode("utf-16-le").rstrip("\0") == name:
                return int.from_bytes(table[at + 32:at + 40], "little") * SECTOR
        raise Failed(f"no partition {name}")
