"""A machine in QEMU: its screen, its touch screen, its serial lines, its power."""

import json
import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

# Firmware of the machine and its empty settings, from Debian's package ovmf.
OVMF_CODE = Path("/usr/share/OVMF/OVMF_CODE_4M.fd")
OVMF_VARS = Path("/usr/share/OVMF/OVMF_VARS_4M.fd")

# Size of the screen in pixels, and of the axes of the touch screen in QEMU's own units.
WIDTH, HEIGHT = 1920, 1080
AXIS = 0x7FFF

# Where the machine finds what this host serves.
GATE = "10.0.2.100"


class Failed(Exception):
    """A machine did not do what was expected of it; the message says what."""


class Machine:
    """One machine with a disk of its own, laid over an image that stays as it is."""

    def __init__(self, folder, image=None, extra=(), served=None):
        """`image`: a disk to lie over; without it the disk of the folder is used again."""
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.disk = self.folder / "disk.qcow2"
        self.serial_log = self.folder / "serial.log"
        self.extra = list(extra)
        self.served = served
        self.process = None
        self.tracking = 0
        if image:
            self.lay_over(Path(image))

    def lay_over(self, image):
        """A disk larger than the image, as on a real machine."""
        format_ = "qcow2" if image.suffix == ".qcow2" else "raw"
        run("qemu-img", "create", "-q", "-f", "qcow2", "-F", format_, "-b", image.resolve(), self.disk, "6G")
        shutil.copy(OVMF_VARS, self.folder / "vars.fd")

    def command(self):
        path = self.folder
        net = "user,id=net,restrict=on"
        if self.served:
            net += f",guestfwd=tcp:{GATE}:80-cmd:{self.served}"
        return [
            "qemu-system-x86_64", "-name", "borne", "-nodefaults", "-display", "none",
            "-machine", "q35", "-accel", "tcg,thread=multi", "-cpu", "max", "-smp", "2", "-m", "2048",
            "-drive", f"if=pflash,format=raw,readonly=on,file={OVMF_CODE}",
            "-drive", f"if=pflash,format=raw,file={path}/vars.fd",
            "-drive", f"if=virtio,format=qcow2,cache=unsafe,file={self.disk}",
            "-device", f"virtio-vga,xres={WIDTH},yres={HEIGHT}",
            "-device", "virtio-multitouch-pci", "-device", "qemu-xhci,id=usb",
            "-audiodev", f"wav,id=sound,path={path}/sound.wav",
            "-device", "intel-hda", "-device", "hda-output,audiodev=sound",
            "-netdev", net, "-device", "virtio-net-pci,netdev=net",
            "-device", "i6300esb", "-action", "watchdog=reset",
            "-chardev", f"file,id=log,path={self.serial_log},append=on", "-serial", "chardev:log",
            "-chardev", f"socket,id=shell,path={path}/shell,server=on,wait=off", "-serial", "chardev:shell",
            "-qmp", f"unix:{path}/qmp,server=on,wait=off", *self.extra,
        ]

    def start(self):
        for name in ("qmp", "shell"):
            (self.folder / name).unlink(missing_ok=True)
        self.errors = open(self.folder / "qemu.log", "a", encoding="utf-8")
        self.read_from = self.serial_log.stat().st_size if self.serial_log.exists() else 0
        self.process = subprocess.Popen(self.command(), stdin=subprocess.DEVNULL, stdout=self.errors,
                                        stderr=self.errors)
        self.began = time.monotonic()
        self.qmp_line = connect(self.folder / "qmp", self.process).makefile("rw", encoding="utf-8")
        json.loads(self.qmp_line.readline())
        self.qmp("qmp_capabilities")
        self.shell_line = Shell(connect(self.folder / "shell", self.process))
        return self

    def since_power_on(self):
        return time.monotonic() - self.began

    # What a person does.

    def touch(self, x, y, hold=0.15, slot=0):
        """A finger at a place, in parts of the screen from 0 to 1."""
        self.finger_down(x, y, slot)
        time.sleep(hold)
        self.finger_up(slot)

    def finger_down(self, x, y, slot=0):
        self.tracking += 1
        mtt = {"slot": slot, "tracking-id": self.tracking}
        self.send(
            event("mtt", type="begin", axis="x", value=0, **mtt),
            event("btn", down=True, button="touch"),
            event("mtt", type="data", axis="x", value=round(x * AXIS), **mtt),
            event("mtt", type="data", axis="y", value=round(y * AXIS), **mtt),
        )

    def finger_up(self, slot=0):
        mtt = {"slot": slot, "tracking-id": -1, "axis": "x", "value": 0}
        self.send(event("mtt", type="end", **mtt), event("btn", down=False, button="touch"))

    def keys(self, *names):
        """Keys pressed together on every keyboard there is."""
        self.qmp("send-key", keys=[{"type": "qcode", "data": name} for name in names])

    def send(self, *events):
        self.qmp("input-send-event", events=list(events))

    # What can be seen.

    def picture(self, name):
        path = self.folder / f"{name}.png"
        self.qmp("screendump", filename=str(path), format="png")
        return path

    def serial(self):
        """What the machine has said on its serial line since it was started."""
        with open(self.serial_log, "rb") as log:
            log.seek(self.read_from)
            return log.read().decode("utf-8", "replace")

    def wait_serial(self, pattern, limit, times=1):
        """Waits until a line says so; returns the seconds since power-on."""
        def said():
            return len(re.findall(pattern, self.serial())) >= times
        return self.wait(said, limit, f"serial line «{pattern}»")

    def wait(self, holds, limit, what):
        end = time.monotonic() + limit
        while not holds():
            if self.process.poll() is not None:
                raise Failed(f"{what}: QEMU has ended, see {self.folder}/qemu.log")
            if time.monotonic() > end:
                raise Failed(f"{what}: not within {limit} s")
            time.sleep(0.5)
        return self.since_power_on()

    # The shell of a test build.

    def shell(self, command, limit=60):
        """Runs a command as root; returns what it said. Raises where it fails."""
        status, said = self.shell_line.run(command, limit)
        if status != 0:
            raise Failed(f"«{command}» ends with {status}: {said[-800:]}")
        return said

    def asks(self, command, limit=60):
        """Runs a command as root; returns its exit code and what it said."""
        return self.shell_line.run(command, limit)

    def wait_shell(self, command, limit, what=None):
        """Repeats a command until it succeeds."""
        def holds():
            try:
                return self.asks(command, 20)[0] == 0
            except Failed:
                return False
        return self.wait(holds, limit, what or command)

    # Power.

    def qmp(self, command, **arguments):
        self.qmp_line.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.qmp_line.flush()
        while True:
            line = self.qmp_line.readline()
            if not line:
                raise Failed(f"QEMU has ended at {command}, see {self.folder}/qemu.log")
            answer = json.loads(line)
            if "error" in answer:
                raise Failed(f"{command}: {answer['error']['desc']}")
            if "return" in answer:
                return answer["return"]

    def cut_power(self):
        """Ends the machine at once."""
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.cut_power()


class Shell:
    """The second serial line, where a test build has a shell."""

    def __init__(self, line):
        self.line = line
        self.number = 0
        self.rest = ""

    def run(self, command, limit):
        self.number += 1
        mark = f"END-{os.getpid()}-{self.number}"
        # The mark is put together there: an echo of the command is not taken for its end.
        text = f"stty -echo; {{ {command}\n}} 2>&1; printf '\\n%s %s\\n' {mark[:3]}''{mark[3:]} $?\n"
        self.line.sendall(text.encode())
        found = self.until(re.compile(rf"\r?\n{mark} (\d+)\r?\n"), limit, command)
        return int(found[1]), found[0].replace("\r", "").strip()

    def until(self, pattern, limit, command):
        end = time.monotonic() + limit
        while True:
            match = pattern.search(self.rest)
            if match:
                before, self.rest = self.rest[:match.start()], self.rest[match.end():]
                return before, match.group(1)
            left = end - time.monotonic()
            if left <= 0:
                # What was typed while nobody listened may have left half a command there: it is given up.
                self.line.sendall(b"\x03\n")
                raise Failed(f"«{command}» has not ended within {limit} s")
            self.line.settimeout(left)
            try:
                data = self.line.recv(65536)
            except TimeoutError:
                continue
            if not data:
                raise Failed(f"the machine has ended during «{command}»")
            self.rest += data.decode("utf-8", "replace")


def event(kind, **data):
    return {"type": kind, "data": data}


def connect(path, process, limit=20):
    """The other end of a socket that QEMU opens."""
    end = time.monotonic() + limit
    while True:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(path))
            return line
        except OSError as error:
            line.close()
            if process.poll() is not None or time.monotonic() > end:
                raise Failed(f"QEMU does not open {path}: see {path.parent}/qemu.log") from error
            time.sleep(0.1)


def run(*command):
    """Runs a command of this host; raises with what it said where it fails."""
    result = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Failed(f"{command[0]} ends with {result.returncode}: {result.stderr[-800:]}")
    return result.stdout
