"""The rows that every run goes through, one machine after the other."""

import json
import re
import time

from .borne import HOME, NOWHERE, STARTS, UNITS, Borne
from .images import FIRST, SECOND
from .report import expect

# What an own unit may score in `systemd-analyze security`.
EXPOSURE = 1.5
# How often GRUB tries a system that is not yet good.
TRIES = 3
# Ports by which a machine asks for its address (RFC 2131, RFC 8415).
UDP = {68, 546}
# The most that an update may take, bytes.
UPDATE_BYTES = 400_000_000


class First:
    """The first start of the image, and what holds on it."""

    def __init__(self, folder, images):
        bundles = [images.update(SECOND), images.truncated(),
                   images.broken("wrong-key", keys=images.other_keys()),
                   images.broken("wrong-product", product="another-product"),
                   images.broken("older", version="0.0.9")]
        self.machine = Borne(folder / "first", image=images.disk, extra=images.stick(*bundles)).start()
        self.ready = None

    def starts(self):
        self.ready = self.machine.wait_ready()
        self.machine.picture("boot")
        return {"ready_s": round(self.ready, 1), "startup": self.machine.shell("systemd-analyze | head -n 1")}

    def answers(self):
        machine = self.machine
        machine.wait_screen("veille", 120)
        machine.picture("veille")
        machine.touch(*NOWHERE)
        machine.wait_screen("accueil")
        time.sleep(2)
        machine.picture("accueil")
        return {"touch_s": round(machine.since_power_on(), 1)}

    def is_maintained(self):
        """Maintenance opens to its code."""
        machine = self.machine
        machine.open_maintenance()
        time.sleep(2)
        machine.picture("maintenance")
        machine.touch(*HOME)
        machine.wait_screen("accueil")
        return {}

    def plays(self):
        return self.machine.see_video()

    def rests(self):
        """Read-only, and with nothing that listens, failed or could be logged into."""
        machine = self.machine
        code, said = machine.asks("touch /usr/.x")
        expect(code != 0 and "Read-only" in said, f"/ takes writes: {said}")
        machine.shell("touch /data/.x && rm /data/.x")
        failed = machine.shell("systemctl --failed --no-legend --plain")
        expect(not failed, f"failed units: {failed}")
        gettys = machine.shell("systemctl list-units --no-legend --plain '*getty*.service' 'emergency*' 'rescue*'")
        expect(not gettys, f"a way to log in: {gettys}")
        open_ = machine.shell("grep -v '^[^:]*:[!*]' /etc/shadow || true")
        expect(not open_, f"accounts with a password, or with none to ask for: {open_}")
        listening = [line for line in machine.shell("cat /proc/net/tcp /proc/net/tcp6").splitlines()
                     if re.search(r" 0A ", line)]
        expect(not listening, f"TCP ports listen: {listening}")
        sockets = [line.split() for line in machine.shell("tail -q -n +2 /proc/net/udp /proc/net/udp6").splitlines()]
        # Asked of one server and heard from it alone: not open to others.
        ports = {int(ours.rsplit(":", 1)[1], 16) for _, ours, theirs, *_ in sockets if theirs.endswith(":0000")}
        expect(ports <= UDP, f"UDP ports are open: {sorted(ports)}")
        grown = int(machine.shell("df --output=size -m /data | tail -n 1"))
        expect(grown > 2000, f"/data has not grown with the disk: {grown} MB")
        return {"data_mb": grown, "udp": sorted(ports)}

    def is_hardened(self):
        machine, scores = self.machine, {}
        for unit in UNITS:
            text = machine.shell(f"systemd-analyze security --no-pager {unit}.service | tail -n 1")
            scores[unit] = float(re.search(r": ([0-9.]+) ", text).group(1))
        over = {unit: score for unit, score in scores.items() if score > EXPOSURE}
        expect(not over, f"above {EXPOSURE}: {over}")
        screen = self.runs_so("borne-play")
        links = machine.shell(f"nsenter -t {screen} -n cat /proc/net/dev | grep -c :")
        expect(links == "1", f"the screen sees {links} network interfaces")
        network = self.runs_so("borne-sync")
        code, _ = machine.asks(f"nsenter -t {network} -m test -e /dev/dri -o -e /dev/snd -o -e /dev/vda")
        expect(code == 1, "synchronisation sees devices")
        socket = machine.shell("stat -c '%U %a' /run/borne/host.sock")
        expect(socket == "borne-play 600", f"the helper's socket is of {socket}")
        for name in ("events.db", "events.db-wal", "events.db-shm"):
            machine.shell(f"runuser -u borne-sync -- test -w /data/borne/{name}")
        return scores

    def runs_so(self, unit):
        """A unit runs without rights, in an account of its own name; returns its process."""
        machine = self.machine
        pid = machine.shell(f"systemctl show --value -p MainPID {unit}")
        status = machine.shell(f"cat /proc/{pid}/status")
        for line in ("CapEff:\t0000000000000000", "CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2"):
            expect(line in status, f"{unit} does not run with «{line}»")
        user = machine.shell(f"stat -c %U /proc/{pid}")
        expect(user == unit, f"{unit} runs as {user}")
        return pid

    def becomes_good(self):
        self.machine.wait_good()
        return {"good_s": round(self.machine.since_power_on(), 1)}

    def refuses(self):
        machine, words = self.machine, {}
        machine.mount_bundles()
        for name in ("wrong-key", "truncated", "wrong-product", "older"):
            code, said = machine.install(f"{name}.raucb")
            reason = re.search(r"LastError: (.*)", said)
            expect(code != 0, f"{name} is installed: {said[-400:]}")
            expect(reason, f"{name} is refused without a reason: {said[-400:]}")
            words[name] = reason.group(1).strip()[-160:]
        return words

    def updates(self):
        machine = self.machine
        before = machine.boot()
        code, said = machine.install(f"borne-{SECOND}.raucb")
        expect(code == 0, said[-600:])
        began = time.monotonic()
        machine.reboot()
        machine.wait_slot("B", before, 900)
        machine.wait_ready(900)
        expect(machine.version() == SECOND, f"version {machine.version()}")
        machine.wait_good(900)
        machine.wait_screen("veille", 120)
        machine.picture("after-update")
        return {"from": FIRST, "to": SECOND, "reboot_to_good_s": round(time.monotonic() - began, 1)}


class FallBack:
    """A broken update on the slot that does not run; the machine comes back by itself."""

    def __init__(self, folder, images, name, fault):
        self.name = name
        bundle = images.broken(name, **fault)
        self.machine = Borne(folder / name, image=images.disk, extra=images.stick(bundle)).start()

    def comes_back(self):
        machine = self.machine
        machine.wait_good()
        machine.mount_bundles()
        code, said = machine.install(f"{self.name}.raucb")
        expect(code == 0, said[-600:])
        before, began, starts = machine.boot(), time.monotonic(), self.starts()
        machine.reboot()
        machine.wait_serial(STARTS, 600, times=starts + 1)
        machine.wait_slot("A", before, 1800)
        machine.wait_good()
        machine.wait_screen("veille", 120)
        machine.picture("after-fall-back")
        tried = self.starts() - starts - 1
        expect(tried == TRIES, f"the other system was tried {tried} times")
        return {"tried": tried, "back_s": round(time.monotonic() - began, 1)}

    def starts(self):
        return len(re.findall(STARTS, self.machine.serial()))


def built(images):
    """The image and the update, with their sizes and times."""
    images.build()
    facts = {}
    for version in (FIRST, SECOND):
        facts[version] = json.loads((images.out / f"borne-{version}.build.json").read_text(encoding="utf-8"))
    size = facts[SECOND]["update_bytes"]
    expect(size <= UPDATE_BYTES, f"the update takes {size} bytes")
    return facts
