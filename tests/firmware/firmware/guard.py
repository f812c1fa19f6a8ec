"""What the borne does when something goes wrong, and when somebody wants out."""

import re
import time
from pathlib import Path

from .borne import NOWHERE, STARTS, Borne
from .machine import Failed
from .report import expect
from .repository import RENAMED, Repository

# Keys that lead somewhere on an ordinary machine.
KEYS = [("ctrl", "alt", "delete"), *[("ctrl", "alt", f"f{number}") for number in range(1, 13)],
        ("alt", "sysrq", "b"), ("alt", "sysrq", "e"), ("alt", "tab"), ("alt", "f4"), ("ctrl", "c"), ("esc",),
        ("meta_l",), ("ctrl", "alt", "t")]
FINGERS = 10
# Keys that open the menu, the editor or the command line of GRUB where it lets them.
GRUB_KEYS = (("esc",), ("e",), ("c",), ("shift",), ("f4",))

# What the PC's own firmware says when it hands over to GRUB.
HANDS_OVER = "BdsDxe: starting"


class Guard:
    """One machine that is ill-treated."""

    def __init__(self, folder, images, name="guard", extra=()):
        self.folder = folder
        self.images = images
        self.machine = Borne(folder / name, image=images.disk, extra=extra).start()

    def loop_stopped(self):
        machine = self.machine
        machine.wait_good()
        machine.shell("systemctl kill --signal=STOP --kill-whom=main borne-play")
        began = time.monotonic()
        machine.wait_shell("systemctl show --value -p NRestarts borne-play | grep -qv '^0$'", 60, "a restart")
        ended = time.monotonic() - began
        machine.wait_ready(120)
        expect(ended < 20, f"started again after {ended:.1f} s")
        return {"restarted_s": round(ended, 1), "ready_again_s": round(time.monotonic() - began, 1)}

    def crash_is_kept(self):
        machine = self.machine
        machine.wait_shell("test -s /data/crash/last.log", 60)
        said = machine.shell("grep -c -i watchdog /data/crash/last.log")
        expect(int(said) > 0, "the log does not say why")
        return {"bytes": int(machine.shell("stat -c %s /data/crash/last.log"))}

    def no_way_out(self):
        machine = self.machine
        machine.qmp("device_add", driver="usb-kbd", bus="usb.0", id="keyboard")
        machine.wait_screen("veille", 240)
        boot, pid = machine.boot(), machine.shell("systemctl show --value -p MainPID borne-play")
        for keys in KEYS:
            machine.keys(*keys)
            time.sleep(0.3)
        machine.touch(*NOWHERE)
        machine.wait_screen("accueil")
        machine.touch(*NOWHERE, hold=5)
        for slot in range(FINGERS):
            machine.finger_down(0.05 + 0.1 * slot, 0.5, slot)
        for slot in range(FINGERS):
            machine.finger_up(slot)
        time.sleep(2)
        machine.picture("after-escape-attempts")
        expect(machine.boot() == boot, "the machine has started again")
        expect(machine.shell("systemctl show --value -p MainPID borne-play") == pid, "the screen has started again")
        found = machine.shell("journalctl -k -o cat | grep -c 'Product: QEMU USB Keyboard'")
        let_in = machine.shell("grep -c 'USB Keyboard' /proc/bus/input/devices || true")
        expect(let_in == "0", "the USB keyboard is let in")
        gettys = machine.shell("systemctl list-units --no-legend --plain '*getty*.service'")
        expect(not gettys, f"a way to log in: {gettys}")
        vt = machine.shell("cat /sys/class/tty/tty0/active")
        return {"keyboards_plugged": int(found), "let_in": int(let_in), "vt": vt}

    def stick_is_only_read(self):
        machine = self.machine
        autorun = self.folder / "autorun.sh"
        autorun.write_text("#!/bin/sh\ntouch /data/autorun-was-here\n", encoding="utf-8")
        machine.plug("stick", autorun)
        machine.wait_shell("mountpoint -q /run/borne/usb", 60, "the stick is mounted")
        mounted = machine.shell("findmnt -n -o OPTIONS /run/borne/usb")
        expect(all(word in mounted.split(",") for word in ("ro", "noexec", "nosuid", "nodev")), mounted)
        seen = machine.shell("nsenter -t $(systemctl show --value -p MainPID borne-sync) -m ls /run/borne/usb")
        expect("autorun.sh" in seen, f"synchronisation sees {seen}")
        machine.shell("test ! -e /data/autorun-was-here")
        machine.unplug("stick")
        return {"options": mounted}

    def stick_is_taken_when_signed(self):
        """A catalogue that was changed after it was signed is left; the same as it was signed is taken."""
        machine = self.machine
        repository = Repository(self.folder / "newer", self.images)
        repository.rename_first_video()
        facts = {}
        for name, folder in (("forged", repository.forged(self.folder / "forged")), ("signed", repository.folder)):
            before = self.imported()
            machine.plug(name, *(Path(folder) / part for part in ("metadata", "targets", "media")), megabytes=128)
            machine.wait(lambda before=before: self.imported() != before, 300, f"the {name} stick is read")
            missing, _ = machine.asks(f"grep -rqF '{RENAMED}' /data/borne/catalogue/generations")
            said = self.imported()
            expect((missing == 0) == (name == "signed"), f"{name}: {said}")
            facts[name] = said["error"]["code"] if said["error"] else "taken"
            machine.unplug(name)
        return facts

    def imported(self):
        """What synchronisation says of the last stick; nothing before the first."""
        try:
            return self.machine.status()["sync"]["status"]["import"]
        except (Failed, KeyError, TypeError, ValueError):
            return None

    def disk_full(self):
        machine = self.machine
        machine.shell("fallocate -l $(df --output=avail -B1 /data | tail -n 1) /data/fill")
        machine.asks("dd if=/dev/zero of=/data/fill-rest bs=64K status=none", 300)
        full = machine.shell("df --output=avail -B1 /data | tail -n 1")
        expect(int(full) == 0, f"{full} bytes are free")
        try:
            return machine.see_video()
        finally:
            machine.shell("rm -f /data/fill /data/fill-rest; sync /data")

    def manager_dead(self):
        machine = self.machine
        before, began = machine.boot(), time.monotonic()
        machine.shell_line.line.sendall(b"kill -SEGV 1\n")
        machine.wait_slot("A", before, 900)
        return {"back_s": round(time.monotonic() - began, 1)}

    def grub_opens_nothing(self):
        """Keys from the moment in which the PC's own firmware hands over: it starts as always."""
        machine = self.machine
        before, pressed = machine.boot(), 0
        handed, starts = (len(re.findall(line, machine.serial())) for line in (HANDS_OVER, STARTS))
        machine.reboot()
        machine.wait_serial(HANDS_OVER, 300, times=handed + 1)
        end = time.monotonic() + 300
        while len(re.findall(STARTS, machine.serial())) == starts:
            expect(time.monotonic() < end, "GRUB does not start the system")
            machine.keys(*GRUB_KEYS[pressed % len(GRUB_KEYS)])
            pressed += 1
            time.sleep(0.1)
        machine.wait_slot("A", before, 600)
        machine.wait_ready()
        arguments = machine.shell("cat /proc/cmdline")
        expect("init=" not in arguments and "single" not in arguments, arguments)
        return {"keys": pressed}

    def kernel_panics(self):
        machine = self.machine
        before, began = machine.boot(), time.monotonic()
        machine.shell_line.line.sendall(b"echo c >/proc/sysrq-trigger\n")
        machine.wait_slot("A", before, 900)
        back = time.monotonic() - began
        machine.wait_ready()
        said = machine.shell("cat $(find /data/crash/kernel -name dmesg.txt)")
        expect("sysrq" in said, f"what the kernel said is not kept: {said[-300:]}")
        machine.shell("test -s /data/crash/last.log")
        return {"back_s": round(back, 1), "kept_bytes": len(said)}

    def plays_in_1970(self):
        machine = self.machine
        machine.wait_ready()
        machine.wait_screen("veille", 120)
        facts = machine.see_video()
        return {"date": machine.shell("date +%F"), **facts}
