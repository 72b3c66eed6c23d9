"""Several processes count together, and those that come later count on where those before them ended."""

import re
import subprocess
import sys
from pathlib import Path

COUNT = """
import os, sys
from django.conf import settings
settings.configure(METRICS_FOLDER=sys.argv[1])
from icp.operations import figures
from prometheus_client import generate_latest

def count_in_a_child():
    pid = os.fork()
    if pid == 0:
        figures.tasks.labels("a task", "success").inc(2)
        os._exit(0)
    return pid

for _ in range(3):  # A hundred would leave no more files.
    for pid in [count_in_a_child(), count_in_a_child()]:
        os.waitpid(pid, 0)
figures.tasks.labels("a task", "success").inc()
print(generate_latest(figures.counted()).decode())
"""


def run(folder: Path) -> float:
    done = subprocess.run(
        [sys.executable, "-c", COUNT, folder], capture_output=True, text=True, check=True
    )
    found = re.search(r'icp_tasks_total{state="success",task="a task"} (\S+)', done.stdout)
    assert found, done.stdout
    return float(found[1])


def test_the_counts_of_all_processes_are_added_and_leave_few_files(tmp_path):
    folder = tmp_path / "figures"
    assert run(folder) == 13
    assert run(folder) == 26
    assert len(list(folder.glob("counter_*.db"))) <= 3
