#!/usr/bin/env python3
"""samples/cluster/slurm.sh on a cluster of one machine.

Usage: slurm_test.py SNUG SOURCE_DIR

Starts munged, slurmctld and slurmd with a configuration of their own on free ports, and ends them. The
report of the cluster has to be that of one run, byte for byte; one scan is ended in the middle and
queued again. Exits with 77, and says why, where that cannot be tried.
"""
import json
import os
import pathlib
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

SNUG, SOURCE = sys.argv[1:3]
PROGRAMS = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel"]
PATH = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"


def skip(why):
    print(f"skipped: {why}")
    sys.exit(77)


for program in PROGRAMS:
    if shutil.which(program, path=PATH) is None:
        skip(f"{program} is not installed (Debian: slurm-wlm, munge)")
if os.geteuid() != 0:
    skip("slurmd needs root")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Cluster:
    def __init__(self, folder):
        self.folder, self.processes = folder, []
        self.host = socket.gethostname().split(".")[0]
        self.env = dict(os.environ, PATH=PATH, SLURM_CONF=str(folder / "slurm.conf"))
        self.env.pop("XDG_CACHE_HOME", None)
        self.env["XDG_CACHE_HOME"] = "/dev/null/none"
        for name in ("state", "spool", "munge"):
            (folder / name).mkdir()
        (folder / "munge").chmod(0o755)
        key = folder / "munge/key"
        key.write_bytes(os.urandom(128))
        key.chmod(0o600)
        self.munge = folder / "munge/socket"
        cpus = os.cpu_count()
        (folder / "slurm.conf").write_text(f"""ClusterName=snug
SlurmctldHost={self.host}(127.0.0.1)
SlurmctldPort={free_port()}
SlurmdPort={free_port()}
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket={self.munge}
CryptoType=crypto/munge
MpiDefault=none
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
ReturnToService=2
SchedulerParameters=sched_interval=1,bf_interval=1
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
NodeName={self.host} NodeAddr=127.0.0.1 CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes={self.host} Default=YES MaxTime=INFINITE State=UP
""")
        self.start("munged", "--foreground", "--force", f"--socket={self.munge}",
                   f"--key-file={key}", f"--pid-file={folder}/munge/pid", f"--log-file={folder}/munge/log",
                   f"--seed-file={folder}/munge/seed")
        self.wait(self.munge.exists, "munged has no socket", 30)
        self.start("slurmctld", "-D", "-i")
        self.start("slurmd", "-D", "-N", self.host)
        self.wait(lambda: "idle" in self.ask("sinfo", "-h", "-o", "%T"), "the node is not idle", 90)

    def start(self, *words):
        log = open(self.folder / f"{words[0]}.out", "wb")
        self.processes.append(subprocess.Popen(words, env=self.env, stdout=log, stderr=log))

    def ask(self, *words):
        return subprocess.run(words, env=self.env, capture_output=True, text=True).stdout

    def wait(self, ready, what, seconds):
        end = time.monotonic() + seconds
        while not ready():
            died = [p.args[0] for p in self.processes if p.poll() is not None]
            if died or time.monotonic() > end:
                for log in sorted(self.folder.glob("*.out")) + sorted(self.folder.glob("*.log")):
                    print(f"--- {log.name}\n{log.read_text(errors='replace')[-2000:]}")
                skip(f"no cluster here: {what}{', ended: ' + ', '.join(died) if died else ''}")
            time.sleep(0.2)

    def end(self):
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()


def project(folder, units):
    entries = []
    (folder / "shared.hpp").write_text("#pragma once\nstruct Shared { bool a; double b; bool c; };\n")
    for unit in range(units):
        source = folder / f"unit{unit}.cpp"
        source.write_text(f'#include "shared.hpp"\nstruct Own{unit} {{ char a; long b; short c; }};\n'
                          f"Own{unit} own{unit}[100];\nShared shared{unit}[{unit + 1}];\n")
        entries.append({"directory": str(folder), "file": str(source),
                        "arguments": ["c++", "-std=c++20", "-c", str(source)]})
    (folder / "compile_commands.json").write_text(json.dumps(entries))


def submit(cluster, build, out, **env):
    run = subprocess.run(["bash", f"{SOURCE}/samples/cluster/slurm.sh", str(build), str(out), "2"],
                         env={**cluster.env, "SNUG": SNUG, **env}, cwd=build, capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"slurm.sh failed:\n{run.stdout}{run.stderr}")
    return run.stdout.strip().splitlines()[-1]


def finish(cluster, job, seconds=300):
    end = time.monotonic() + seconds
    while cluster.ask("squeue", "-h", "-j", job).strip():
        if time.monotonic() > end:
            sys.exit("the jobs do not end:\n" + cluster.ask("squeue"))
        time.sleep(0.3)


def logs(out):
    return "".join(f"--- {p.name}\n{p.read_text()}" for p in sorted(out.glob("log-*")))


def same_reports(cluster, build, out):
    for form in ("json", "html"):
        alone = out.parent / f"alone.{form}"
        subprocess.run([SNUG, "check", "-p", str(build), "--keep-going", "--fail-on", "never", "--format",
                        form, "-o", str(alone)], env=cluster.env, cwd=build, check=True, stderr=subprocess.DEVNULL)
        report = out / f"report.{form}"
        if not report.exists():
            sys.exit(f"{report} is not there\n{logs(out)}")
        if report.read_bytes() != alone.read_bytes():
            subprocess.run(["diff", str(alone), str(report)])
            sys.exit(f"the cluster's report.{form} differs from that of one run")


with tempfile.TemporaryDirectory() as scratch:
    folder = pathlib.Path(scratch)
    folder.chmod(0o755)
    (folder / "cluster").mkdir()
    build = folder / "project"
    build.mkdir()
    project(build, 12)
    cluster = Cluster(folder / "cluster")
    try:
        out = folder / "out"
        finish(cluster, submit(cluster, build, out))
        same_reports(cluster, build, out)
        print("two tasks: the report of one run")

        # A scan that a machine takes down with it: its part is absent, the task is queued again.
        hurt = folder / "hurt"
        wrapper = folder / "snug-once"
        wrapper.write_text(f"""#!/bin/bash
if [ "$1" = scan ] && mkdir "{folder}/struck" 2>/dev/null; then
  scontrol requeue "$SLURM_JOB_ID" || true
  sleep 120
fi
exec {SNUG} "$@"
""")
        wrapper.chmod(0o755)
        finish(cluster, submit(cluster, build, hurt, SNUG=str(wrapper)))
        if not (folder / "struck").exists():
            sys.exit("no task was struck")
        same_reports(cluster, build, hurt)
        print("a task queued again: the report of one run")

        # What is there is not made again; what is lost is.
        kept = (out / "part-1.snug").stat().st_mtime_ns
        (out / "part-2.snug").unlink()
        (out / "report.json").unlink()
        finish(cluster, submit(cluster, build, out))
        same_reports(cluster, build, out)
        if (out / "part-1.snug").stat().st_mtime_ns != kept:
            sys.exit("a part that was there was made again")
        print("a lost part: only that is made again")
    finally:
        cluster.end()
