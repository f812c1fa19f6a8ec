"""Images and updates to try: real ones from deploy/image/build, and broken ones made from their parts."""

import os
import shutil
import subprocess
from pathlib import Path

from .machine import Failed, run

ROOT = Path(__file__).resolve().parents[3]
PRODUCT = "video-borne-amd64"

# The version under test, and the one it is updated to.
FIRST, SECOND = "0.1.0", "0.2.0"

# Settings of the borne in the machine: the site's part only. The code is the one of borne.CODE.
SETTINGS = """\
[borne]
id = "essai-1"
site = "Borne d’essai"

[storage]
data = "/data/borne"
reserve_mb = 50

[sync]
url = "http://10.0.2.100/"
interval_s = 30

[access]
maintenance_pin_hash = "$argon2id$v=19$m=19456,t=2,p=1$IJVENV9qr2Yyd/rrulL+Jw$2FN+yNjRHqweGh9auCX2t75oQ7HQQsadq657JDdmNJM"
"""


class Images:
    """What is built once and used by all rows."""

    def __init__(self, folder, demo):
        self.folder = Path(folder)
        self.demo = Path(demo)
        self.work = Path(os.environ.get("IMAGE_WORK_DIR", ROOT / "target/image"))
        self.out = self.folder / "images"
        self.boot = self.folder / "boot"
        self.keys = self.work / "test-keys"
        self.disk = self.out / f"borne-{FIRST}.img"

    def build(self):
        """The test image of the first version, then the update to the second."""
        self.folder.mkdir(parents=True, exist_ok=True)
        settings = self.folder / "borne.toml"
        settings.write_text(SETTINGS, encoding="utf-8")
        self.make("--version", FIRST, "--settings", settings, "--with-demo", self.demo)
        self.make("--version", SECOND, "--with-demo", self.demo, "--settings", settings, "--update-only")
        self.keep_boot()

    def make(self, *options):
        command = [ROOT / "deploy/image/build", "--test", "--out", self.out, *options]
        if subprocess.run([str(part) for part in command], check=False).returncode != 0:
            raise Failed(f"deploy/image/build has failed: see {self.work}/logs")

    def sums(self):
        """SHA-256 of what was built, by name."""
        lines = (self.out / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
        return {name: digest for digest, name in (line.split() for line in lines)}

    def update(self, version):
        return self.out / f"borne-{version}.raucb"

    def broken(self, name, version=SECOND, product=PRODUCT, arguments="", root="system-a", keys=None):
        """An update that starts the system of the partition `root`, by itself the one that runs now, with other
        kernel `arguments`: small, and broken in just that way."""
        folder = self.folder / "broken" / name
        shutil.rmtree(folder, ignore_errors=True)
        boot = folder / "tree/boot"
        boot.mkdir(parents=True)
        for part in ("vmlinuz", "initrd.img"):
            os.link(self.boot / part, boot / part)
        slot = (self.boot / "slot.cfg").read_text(encoding="utf-8")
        slot = slot.replace("PARTLABEL=$label", f"PARTLABEL={root}").replace("$more", f"$more {arguments}")
        (boot / "slot.cfg").write_text(slot, encoding="utf-8")
        shutil.copy(self.boot / "test.cfg", boot)
        contents = folder / "contents"
        contents.mkdir()
        run("mksquashfs", folder / "tree", contents / "system.squashfs", "-comp", "gzip",
            "-Xcompression-level", "1", "-no-progress", "-all-root")
        return self.signed(name, contents, version, product, keys or self.keys)

    def keep_boot(self):
        """Kernel and start of the image, kept from its tree on the same disk as what is made of it."""
        shutil.rmtree(self.boot, ignore_errors=True)
        shutil.copytree(self.work / "tree/boot", self.boot)

    def signed(self, name, contents, version, product, keys):
        (contents / "manifest.raucm").write_text(
            f"[update]\ncompatible={product}\nversion={version}\n\n[bundle]\nformat=verity\n\n"
            "[image.rootfs]\nfilename=system.squashfs\n", encoding="utf-8")
        bundle = self.folder / "bundles" / f"{name}.raucb"
        bundle.parent.mkdir(exist_ok=True)
        bundle.unlink(missing_ok=True)
        run("rauc", "--cert", keys / "bundle.cert.pem", "--key", keys / "bundle.key.pem", "bundle",
            contents, bundle)
        return bundle

    def other_keys(self):
        """Keys that no borne trusts."""
        folder = self.folder / "other-keys"
        if not folder.exists():
            folder.mkdir()
            run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj", "/CN=other",
                "-keyout", folder / "bundle.key.pem", "-out", folder / "bundle.cert.pem")
        return folder

    def truncated(self):
        """The real update, cut in half."""
        bundle = self.folder / "bundles/truncated.raucb"
        bundle.parent.mkdir(exist_ok=True)
        half = self.update(SECOND).stat().st_size // 2
        with open(self.update(SECOND), "rb") as whole, open(bundle, "wb") as part:
            part.write(whole.read(half))
        return bundle

    def stick(self, *files):
        """A disk that holds files, as options of QEMU; found as /dev/disk/by-id/virtio-bundles."""
        image = self.folder / "bundles.squashfs"
        image.unlink(missing_ok=True)
        run("mksquashfs", *files, image, "-noI", "-noD", "-noF", "-no-progress", "-all-root")
        return ["-drive", f"if=none,id=bundles,format=raw,readonly=on,file={image}",
                "-device", "virtio-blk-pci,drive=bundles,serial=bundles"]
