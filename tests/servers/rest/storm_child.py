"""A process that adds documents to a store as fast as it can, and prints the id of each acknowledged one."""

import sys
from pathlib import Path

from servers.rest.storage.database import StoreBusy
from servers.rest.storage.store import Store


def main(path: Path, name: str, count: int) -> None:
    """Add ``count`` documents; what another process keeps from being written is tried again."""
    store = Store(path)
    players = next(one.id for one in store.dataset().collections if one.definition.name == "players")
    done = 0
    while done < count:
        try:
            row = store.add(players, None, {"name": f"{name} {done}"})
        except StoreBusy:
            continue
        print(row and row.key, flush=True)
        done += 1
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
