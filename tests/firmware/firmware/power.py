"""What is left when the power goes while an update is installed."""

import json

from .borne import Borne
from .images import FIRST, SECOND
from .report import expect

# When the power goes: the part of the update that lies on the disk by then. The last is the moment in which
# the new system is whole and GRUB may or may not know of it.
PARTS = (0.0, 0.25, 0.5, 0.75, 1.0)

# Installs, and ends as soon as so many sectors have been written to the other slot: says how many.
INSTALL = """(
    slot=$(basename "$(readlink -f /dev/disk/by-partlabel/system-b)")
    rauc install /run/bundles/borne-{version}.raucb >/run/install.log 2>&1 &
    while kill -0 $! 2>/dev/null; do
        set -- $(cat "/sys/class/block/$slot/stat")
        if [ "$7" -ge {sectors} ]; then break; fi
        sleep 0.1
    done
    echo "$7"
)"""


class PowerCuts:
    """One machine whose power goes five times while it is updated, and that is updated all the same.

    What the machine had not yet given to its disk is lost; what the disk had taken is kept."""

    def __init__(self, folder, images):
        facts = json.loads((images.out / f"borne-{SECOND}.build.json").read_text(encoding="utf-8"))
        self.sectors = facts["system_bytes"] // 512
        self.machine = Borne(folder / "power", image=images.disk, extra=images.stick(images.update(SECOND))).start()

    def come_back(self):
        return {"cuts": [self.cut(part) for part in PARTS]}

    def cut(self, part):
        machine = self.machine
        machine.wait_good()
        if machine.version() == SECOND:
            return {"part": part, "already": SECOND}
        machine.mount_bundles()
        wanted = max(1, round(self.sectors * part))
        written = int(machine.shell(INSTALL.format(version=SECOND, sectors=wanted), 900).split()[-1])
        machine.cut_power()
        expect(written >= wanted, f"the installation has ended after {written} of {wanted} sectors")
        machine.start()
        ready = machine.wait_ready()
        whole = part == 1.0
        expect(machine.version() == FIRST or whole, f"half an update runs: {machine.version()}")
        failed = machine.shell("systemctl --failed --no-legend --plain")
        expect(not failed, f"failed units: {failed}")
        machine.shell("touch /data/.x && rm /data/.x")
        return {"part": part, "sectors": written, "slot": machine.slot(), "ready_s": round(ready, 1)}

    def is_updated_at_last(self):
        machine = self.machine
        machine.wait_good()
        if machine.version() != SECOND:
            machine.mount_bundles()
            code, said = machine.install(f"borne-{SECOND}.raucb", 900)
            expect(code == 0, said[-600:])
            before = machine.boot()
            machine.reboot()
            machine.wait_slot("B", before, 900)
            machine.wait_good()
        expect(machine.version() == SECOND, f"version {machine.version()}")
        machine.wait_screen("veille", 120)
        machine.picture("after-power-cuts")
        return {"slot": machine.slot(), "version": SECOND}
