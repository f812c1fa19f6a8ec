"""What is left when the power goes while a video plays and the next edition of the catalogue comes."""

import json
import random
import time

from .borne import Borne
from .report import expect
from .repository import Repository

# The most seconds between the moment in which synchronisation begins to look and the one in which the power goes.
LATEST = 5
# What synchronisation says of itself while it does something.
UNDER_WAY = ("checking", "downloading")
AT_WORK = 'grep -Eq "state. *: *.({})" /data/borne/run/sync.json'.format("|".join(UNDER_WAY))
# Seconds in which it begins.
PATIENCE = 120
# So many cuts, and one of them must have come while synchronisation was at work.
MANY = 10


class Cuts:
    """One machine whose power goes again and again, beside a repository that never rests.

    What the machine had not yet given to its disk is lost; what the disk had taken is kept."""

    def __init__(self, folder, images, cuts, seed=20261122):
        self.repository = Repository(folder / "editions", images)
        self.machine = Borne(folder / "cuts", image=images.disk, served=self.repository.served()).start()
        self.cuts, self.dice = cuts, random.Random(seed)

    def come_back(self):
        editions, events, moments = set(), 0, {}
        self.machine.wait_ready()
        for _ in range(self.cuts):
            before = self.watched()
            moment = self.is_cut()
            moments[moment] = moments.get(moment, 0) + 1
            self.machine.start()
            self.machine.wait_ready()
            after = self.found()
            expect(after["queue"]["waiting"] >= before["queue"]["waiting"],
                   f"events are lost: {before['queue']} before, {after['queue']} after")
            editions.add(after["catalogue"]["version"])
            events = after["queue"]["waiting"]
        self.watched()
        expect(events > 0 and len(editions) > 1, f"nothing happened meanwhile: {events} events, {editions}")
        at_work = sum(moments.get(state, 0) for state in UNDER_WAY)
        expect(at_work > 0 or self.cuts < MANY, f"no cut has come while synchronisation was at work: {moments}")
        self.is_whole_at_last()
        return {"cuts": self.cuts, "editions": len(editions), "events": events, "sync": moments}

    def watched(self):
        """A video has been watched, which is on record, and another plays; what the machine said in between."""
        machine = self.machine
        machine.play_first_video()
        playing = machine.status()["queue"]["waiting"]
        machine.go_home()
        machine.wait(lambda: machine.status()["queue"]["waiting"] > playing, 60, "the play is on record")
        before = machine.status()
        machine.play_first_video()
        return before

    def is_cut(self):
        """The next edition comes while the video plays, and the power goes; what synchronisation did then."""
        self.repository.publish_another()
        self.machine.shell("systemctl restart --no-block borne-sync")
        # A busy machine takes longer to stop and start it than the time in which the power goes.
        self.machine.asks(f"timeout {PATIENCE} sh -c 'until {AT_WORK}; do sleep 0.1; done'", PATIENCE + 30)
        time.sleep(self.dice.uniform(0, LATEST))
        state = self.sync()["state"]
        self.machine.cut_power()
        return state

    def sync(self):
        """What synchronisation says of itself."""
        return json.loads(self.machine.shell("cat /data/borne/run/sync.json"))

    def found(self):
        """What the machine says once it is back: no file is rotten, every unit runs. What a cut download has not
        brought is fetched again."""
        rotten = self.verified()["rotten"]
        expect(not rotten, f"files are damaged: {rotten}")
        failed = self.machine.shell("systemctl --failed --no-legend --plain")
        expect(not failed, f"failed units: {failed}")
        return self.machine.status()

    def verified(self):
        """What the borne finds when it reads every file: it ends with 3 where one is rotten or missing."""
        code, said = self.machine.asks("borne store verify --json", 120)
        expect(code in (0, 3) and "{" in said, f"the store cannot be read: {code}, {said[-600:]}")
        return json.loads(said[said.index("{"):])

    def is_whole_at_last(self):
        """Left alone, synchronisation ends well, and every file of the last edition is there."""
        def done():
            sync = self.sync()
            return sync["state"] == "waiting" and sync["last_success"] and not sync["missing"]
        self.machine.wait(done, 900, "synchronisation has finished")
        found = self.verified()
        expect(found["whole"], f"at the end: {found['rotten']} rotten, {found['missing']} missing")
