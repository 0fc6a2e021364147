"""Run a command and print what it took: `measure.py LOG COMMAND…`; its output goes to the file LOG.

This is a process of its own, and a small one: the peak memory that the kernel reports for a child counts what it
shared with its parent before it became the command. On Linux the kernel counts in KiB.
"""

import json
import os
import sys
import time


def main() -> None:
    """Print wall and CPU seconds, peak resident bytes and the exit code, as JSON."""
    log, *command = sys.argv[1:]
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, log, flags, 0o644), (os.POSIX_SPAWN_DUP2, 1, 2)]
    began = time.perf_counter()
    child = os.posix_spawnp(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    cpu = usage.ru_utime + usage.ru_stime
    print(json.dumps({"wall": wall, "cpu": cpu, "peak": usage.ru_maxrss * 1024, "exit": os.waitstatus_to_exitcode(status)}))


if __name__ == "__main__":
    main()
