"""A process that adds documents to a store as fast as it can, and prints the id of each acknowledged one."""

import sys
from pathlib import Path

from servers.rest.store import Store, StoreBusy


def main(path: Path, name: str, count: int) -> None:
    """Add ``count`` documents; what another process keeps from being written is tried again."""
    store = Store(path)
    done = 0
    while done < count:
        try:
            row = store.add("players", f'{{\n  "name": "{name} {done}"\n}}')
        except StoreBusy:
            continue
        print(row.id, flush=True)
        done += 1
    store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
