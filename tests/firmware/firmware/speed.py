"""How soon the borne can be touched, against the same image started to a bare getty."""

import base64

from .borne import Borne

# What stands in the way of a getty, and what a getty needs: given to systemd by the machine's own tables, so
# that the image is the same.
NOTHING_OF_OURS = "[Unit]\nConditionPathExists=/nowhere\n"
GETTY = """\
[Unit]
Description=Bare getty

[Service]
ExecStart=/sbin/agetty --noclear tty1 linux
StandardInput=tty
TTYPath=/dev/tty1
"""
WANTED = "[Unit]\nWants=bare-getty.service\n"


def credential(name, text):
    """Options of QEMU that hand a credential to systemd."""
    coded = base64.b64encode(text.encode()).decode()
    return ["-smbios", f"type=11,value=io.systemd.credential.binary:{name}={coded}"]


class Speed:
    """The two starts, one after the other."""

    def __init__(self, folder, images):
        self.folder, self.disk = folder, images.disk

    def compared(self):
        getty, screen = self.bare(), self.whole()
        return {"getty_s": round(getty, 1), "touchable_s": round(screen, 1), "ratio": round(screen / getty, 2)}

    def bare(self):
        extra = [*credential("systemd.unit-dropin.borne-play.service~95-none", NOTHING_OF_OURS),
                 *credential("systemd.unit-dropin.borne-sync.service~95-none", NOTHING_OF_OURS),
                 *credential("systemd.extra-unit.bare-getty.service", GETTY),
                 *credential("systemd.unit-dropin.multi-user.target~95-getty", WANTED)]
        with Borne(self.folder / "bare", image=self.disk, extra=extra) as machine:
            return machine.wait_shell("systemctl is-active --quiet bare-getty", 600, "a getty")

    def whole(self):
        with Borne(self.folder / "whole", image=self.disk) as machine:
            return machine.wait_ready()
