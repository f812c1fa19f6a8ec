"""An update that comes as it comes to a borne: out of the signed repository, when nobody is there."""

import time

from .borne import Borne
from .images import FIRST, SECOND
from .machine import Failed
from .report import expect
from .repository import Repository

# How often the timer of updates is played, seconds.
TIMER = 30


class Offered:
    """A machine whose repository offers a system."""

    def __init__(self, folder, images):
        repository = Repository(folder / "repository", images)
        repository.offer(images.update(SECOND), SECOND)
        self.machine = Borne(folder / "offered", image=images.disk, served=repository.served()).start()

    def comes(self):
        machine = self.machine
        machine.wait_good()
        began = time.monotonic()
        machine.wait_shell("ls /data/borne/firmware/*.raucb", 1800, "the update is here")
        return {"bytes": int(machine.shell("stat -c %s /data/borne/firmware/*.raucb")),
                "after_good_s": round(time.monotonic() - began, 1)}

    def waits_for_the_visitor(self):
        machine = self.machine
        machine.go_home()
        machine.shell("systemctl start borne-update", 300)
        said = machine.status()["firmware"]
        expect(machine.version() == FIRST and said["reason"] == "visitor", f"beside a visitor: {said}")
        return {"state": said["state"], "reason": said["reason"]}

    def installs_itself(self):
        machine = self.machine
        before, began = machine.boot(), time.monotonic()
        machine.wait_screen("veille", 600)
        left, last = time.monotonic(), 0.0

        def started_again():
            nonlocal last
            try:
                if time.monotonic() - last > TIMER:
                    last = time.monotonic()
                    machine.asks("systemctl start --no-block borne-update", 30)
                return machine.boot() != before
            except Failed:
                return False
        machine.wait(started_again, 2400, "the update installs itself")
        waited = time.monotonic() - left
        machine.wait_slot("B", before, 600)
        machine.wait_good()
        expect(machine.version() == SECOND, f"version {machine.version()}")
        machine.wait_screen("veille", 120)
        machine.picture("after-offered-update")
        return {"alone_s": round(waited, 1), "all_s": round(time.monotonic() - began, 1)}
