"""What is left when the power goes while a video plays and the next edition of the catalogue comes."""

import random
import time

from .borne import Borne
from .report import expect
from .repository import Repository

# The most seconds that a video has played when the power goes.
LATEST = 15


class Cuts:
    """One machine whose power goes again and again, beside a repository that never rests.

    What the machine had not yet given to its disk is lost; what the disk had taken is kept."""

    def __init__(self, folder, images, cuts, seed=20261122):
        self.repository = Repository(folder / "editions", images)
        self.machine = Borne(folder / "cuts", image=images.disk, served=self.repository.served()).start()
        self.cuts, self.dice = cuts, random.Random(seed)

    def come_back(self):
        editions, events = set(), 0
        for _ in range(self.cuts):
            self.watched()
            before = self.machine.status()
            self.machine.cut_power()
            self.repository.publish_another()
            self.machine.start()
            self.machine.wait_ready()
            after = self.found()
            expect(after["queue"]["waiting"] >= before["queue"]["waiting"],
                   f"events are lost: {before['queue']} before, {after['queue']} after")
            editions.add(after["catalogue"]["version"])
            events = after["queue"]["waiting"]
        self.watched()
        expect(events > 0 and len(editions) > 1, f"nothing happened meanwhile: {events} events, {editions}")
        return {"cuts": self.cuts, "editions": len(editions), "events": events}

    def watched(self):
        """A video plays, for how long the dice say."""
        self.machine.play_first_video()
        time.sleep(self.dice.uniform(0, LATEST))

    def found(self):
        """What the machine says once it is back: every file is whole, every unit runs."""
        code, said = self.machine.asks("borne store verify", 120)
        expect(code == 0, f"files are damaged: {said[-600:]}")
        failed = self.machine.shell("systemctl --failed --no-legend --plain")
        expect(not failed, f"failed units: {failed}")
        return self.machine.status()
