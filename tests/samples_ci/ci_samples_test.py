"""Runs what stands in samples/ci as its users would.

usage: ci_samples_test.py SNUG_PROGRAM SOURCE_FOLDER

The shell steps of the GitHub workflow and of the GitLab job run in a copy of samples/tour, the hook in a git
repository of its own, the CMake function in the project beside it. Steps that install the package or upload
files are left out. Ends with status 77 where PyYAML, git or cmake is missing.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SKIPPED = 77
try:
    import yaml
except ImportError:
    system = "/usr/bin/python3"
    if os.path.exists(system) and os.path.realpath(sys.executable) != os.path.realpath(system) and \
            subprocess.run([system, "-c", "import yaml"], capture_output=True).returncode == 0:
        os.execv(system, [system] + sys.argv)
    print("skipped: PyYAML is not installed (Debian: python3-yaml)")
    sys.exit(SKIPPED)

snug = pathlib.Path(sys.argv[1]).resolve()
samples = pathlib.Path(sys.argv[2]).resolve() / "samples"
failures = []

CLEAN = "struct Order { double price; bool live, hidden; };\nOrder orders[64];\n"
WASTEFUL = "struct Order { bool live; double price; bool hidden; };\nOrder orders[64];\n"


def check(condition, what):
    if not condition:
        failures.append(what)
        print("FAILED:", what)


def run(command, folder, **more_environment):
    environment = dict(os.environ, PATH=f"{snug.parent}:{os.environ['PATH']}", **more_environment)
    result = subprocess.run(command, cwd=folder, env=environment, text=True, capture_output=True, timeout=300)
    return result


def tour(folder):
    shutil.copytree(samples / "tour", folder)
    (folder / ".git").mkdir()  # marks the root
    return folder


def clean_project(folder):
    folder.mkdir()
    (folder / ".git").mkdir()
    (folder / "order.cpp").write_text(CLEAN)
    (folder / "CMakeLists.txt").write_text(
        "cmake_minimum_required(VERSION 3.22)\nproject(clean LANGUAGES CXX)\nadd_library(orders STATIC order.cpp)\n")
    return folder


MORE_WASTE = "struct Later { bool live; double price; bool hidden; };\nLater later[64];\n"


def adopt(folder, written):
    """Commits what the run has written as the baseline, then adds a finding that it does not know."""
    shutil.copy(folder / written, folder / ".snug-baseline.json")
    return lambda: (folder / "order.cpp").write_text(WASTEFUL + MORE_WASTE)


def wasteful_project(folder):
    clean_project(folder)
    (folder / "order.cpp").write_text(WASTEFUL)
    return folder


def workflow_steps():
    text = (samples / "ci" / "github-workflow.yml").read_text()
    workflow = yaml.safe_load(text)
    steps = workflow["jobs"]["snug"]["steps"]
    check(workflow[True]["pull_request"] is None, "workflow: runs for pull requests")  # YAML 1.1 reads 'on' as true
    check(all(("uses" in step) != ("run" in step) for step in steps), "workflow: each step uses or runs")
    check(steps[0]["uses"].startswith("actions/checkout@"), "workflow: begins with a checkout")
    uploads = [step for step in steps if "upload-sarif" in step.get("uses", "")]
    check(len(uploads) == 1 and uploads[0]["with"]["sarif_file"] == "build/snug.sarif", "workflow: uploads the log")
    return [step for step in steps if "run" in step and step["name"] != "Install snug"]


def run_workflow(folder, last_status):
    summary = folder / "summary.md"
    steps = workflow_steps()
    for step in steps:
        result = run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], folder, GITHUB_STEP_SUMMARY=str(summary))
        expected = last_status if step is steps[-1] else 0
        check(result.returncode == expected,
              f"workflow: '{step['name']}' ended with {result.returncode}, not {expected}: {result.stderr}")
    return result.stdout, summary.read_text()


def test_workflow(scratch):
    folder = tour(scratch / "workflow")
    annotations, summary = run_workflow(folder, 1)
    check(annotations.startswith("::warning file=market/order_book.hpp,line="), "workflow: annotations")
    check(summary.startswith("## snug: "), "workflow: summary")
    results = json.loads((folder / "build" / "snug.sarif").read_text())["runs"][0]["results"]
    check(len(results) >= 3, "workflow: results in the log")
    check((folder / "build" / "snug.html").stat().st_size > 10000, "workflow: the page")
    annotations, summary = run_workflow(clean_project(scratch / "clean workflow"), 0)
    check(annotations == "", "workflow: nothing to annotate")
    check(summary.startswith("## snug: nothing to report"), "workflow: nothing to report")

    folder = wasteful_project(scratch / "old workflow")
    annotations, _ = run_workflow(folder, 1)
    check("'Order' wastes" in annotations, "workflow: without a baseline everything fails")
    add_waste = adopt(folder, "build/snug-baseline.json")
    (folder / "summary.md").unlink()
    annotations, summary = run_workflow(folder, 0)
    check(annotations == "", f"workflow: what the baseline knows does not fail: {annotations}")
    add_waste()
    (folder / "summary.md").unlink()
    annotations, summary = run_workflow(folder, 1)
    check("'Later' wastes" in annotations and "'Order' wastes" not in annotations,
          f"workflow: new findings fail: {annotations}")
    check("`Later`" in summary and "`Order`" not in summary, f"workflow: the summary tells the new ones: {summary}")


def action_steps(**given):
    """The shell steps of action.yml with the variables that each gets from the inputs."""
    action = yaml.safe_load((samples.parent / "action.yml").read_text())
    check(action["runs"]["using"] == "composite", "action: composite")
    inputs = {name: str(value["default"]) for name, value in action["inputs"].items()}
    for name, value in given.items():
        check(name in inputs, f"action: has the input {name}")
        inputs[name] = value
    steps = []
    for step in action["runs"]["steps"]:
        check(("uses" in step) != ("run" in step), "action: each step uses or runs")
        if "run" not in step:
            continue
        check("${{" not in step["run"], f"action: '{step['name']}' takes inputs as variables alone")
        steps.append((step, {key: re.sub(r"\$\{\{ inputs\.([a-z-]+) \}\}", lambda m: inputs[m[1]], value)
                             for key, value in step.get("env", {}).items()}))
    return steps


def run_action(folder, *expected, **inputs):
    """Runs the steps until one fails; the statuses must be the expected ones."""
    statuses, output = [], ""
    summary = folder / "summary.md"
    summary.unlink(missing_ok=True)
    for step, variables in action_steps(**inputs):
        result = run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]], folder,
                     GITHUB_STEP_SUMMARY=str(summary), RUNNER_TEMP=str(folder / "runner temp"), **variables)
        statuses.append(result.returncode)
        output = result.stdout
        if result.returncode != 0:
            break
    check(tuple(statuses) == expected, f"action: the steps ended with {statuses}: {output} {result.stderr}")
    return output, summary.read_text() if summary.exists() else ""


def test_action(scratch):
    folder = tour(scratch / "action")
    output, _ = run_action(folder, 0, 2)
    check("compile_commands.json" in output, f"action: names what is missing: {output}")
    configured = run(["cmake", "-S", ".", "-B", "build", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"], folder)
    check(configured.returncode == 0, f"action: configures: {configured.stderr}")
    annotations, summary = run_action(folder, 0, 0, 0, 1)
    check(annotations.startswith("::warning file=market/order_book.hpp,line="), f"action: {annotations}")
    check(summary.startswith("## snug: "), "action: summary")
    results = json.loads((folder / "runner temp" / "snug" / "snug.sarif").read_text())["runs"][0]["results"]
    check(len(results) >= 3, "action: results in the log")
    run_action(folder, 0, 0, 0, 0, **{"fail-on": "never"})
    shutil.copy(folder / "runner temp" / "snug" / "snug-baseline.json", folder / ".snug-baseline.json")
    annotations, _ = run_action(folder, 0, 0, 0, 0)
    check(annotations == "", f"action: heeds the baseline: {annotations}")
    run_action(folder, 0, 0, 2, since="no such revision")


def test_pre_commit_hooks(scratch):
    hook, = yaml.safe_load((samples.parent / ".pre-commit-hooks.yaml").read_text())
    check(hook["id"] == "snug" and hook["language"] == "system", "pre-commit: the hook")
    folder = wasteful_project(scratch / "hooks")
    configured = run(["cmake", "-S", ".", "-B", "build", "-DCMAKE_EXPORT_COMPILE_COMMANDS=ON"], folder)
    check(configured.returncode == 0, f"pre-commit: configures: {configured.stderr}")
    run(["git", "init", "-q"], folder)
    run(["git", "add", "order.cpp"], folder)
    refused = run([*hook["entry"].split(), "order.cpp"], folder)
    check(refused.returncode == 1 and "'Order' wastes" in refused.stdout, f"pre-commit: {refused.stdout}")
    (folder / "order.cpp").write_text(CLEAN)
    run(["git", "add", "order.cpp"], folder)
    passed = run([*hook["entry"].split(), "order.cpp"], folder)
    check(passed.returncode == 0, f"pre-commit: {passed.stdout} {passed.stderr}")


def run_job(folder, status):
    job = yaml.safe_load((samples / "ci" / "gitlab-ci.yml").read_text())["snug"]
    check(job["image"] == "debian:bookworm", "GitLab: the image that the package is for")
    script = "set -eo pipefail\n" + "\n".join(job["script"])
    result = run(["bash", "-c", script], folder)
    check(result.returncode == status, f"GitLab: ended with {result.returncode}, not {status}: {result.stderr}")
    for path in job["artifacts"]["paths"]:
        check((folder / path).exists(), f"GitLab: artifact {path}")
    quality = json.loads((folder / job["artifacts"]["reports"]["codequality"]).read_text())
    check(all(issue["check_name"].startswith("snug/") for issue in quality), "GitLab: code quality")
    check(bool(quality) == (status != 0) or (folder / ".snug-baseline.json").exists(), "GitLab: code quality, all of it")
    return result.stdout


def test_gitlab(scratch):
    text = run_job(tour(scratch / "gitlab"), 1)
    check("warning: 'market::Order' wastes" in text, "GitLab: findings in the log")
    run_job(clean_project(scratch / "clean gitlab"), 0)

    folder = wasteful_project(scratch / "old gitlab")
    run_job(folder, 1)
    add_waste = adopt(folder, "snug-baseline.json")
    text = run_job(folder, 0)
    check("wastes" not in text, f"GitLab: what the baseline knows does not fail: {text}")
    add_waste()
    text = run_job(folder, 1)
    check("'Later' wastes" in text and "'Order' wastes" not in text, f"GitLab: new findings fail: {text}")


def test_hook(scratch):
    folder = scratch / "hook of a team"
    folder.mkdir()

    def git(*words, **environment):
        return run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false",
                    *words], folder, GIT_CONFIG_NOSYSTEM="1", HOME=str(folder), **environment)

    check(git("init", "--quiet").returncode == 0, "hook: git init")
    hook = folder / ".git" / "hooks" / "pre-commit"
    shutil.copy(samples / "ci" / "git-hook" / "pre-commit", hook)
    check(os.access(hook, os.X_OK), "hook: can be run")

    (folder / "readme").write_text("x")
    git("add", "readme")
    refused = git("commit", "-m", "one")
    check(refused.returncode != 0 and "compile_commands.json" in refused.stderr, "hook: asks for a database")

    names = ["order.cpp", "with blank.cpp", "caf\u00e9.cpp"]
    (folder / "build").mkdir()
    (folder / "build" / "compile_commands.json").write_text(json.dumps(
        [{"directory": str(folder), "file": name, "arguments": ["c++", "-std=c++20", "-c", name]} for name in names]))
    check(git("commit", "-m", "one").returncode == 0, "hook: a commit without C++ passes")
    for name in names:
        (folder / name).write_text(WASTEFUL.replace("Order", "Order" + name[0]))
        git("add", name)
        refused = git("commit", "-m", name)
        check(refused.returncode != 0 and "[padding]" in refused.stdout + refused.stderr, f"hook: refuses {name}")
        (folder / name).write_text(CLEAN.replace("Order", "Order" + name[0]))
        git("add", name)
        passed = git("commit", "-m", name)
        check(passed.returncode == 0, f"hook: lets {name} pass: {passed.stderr}")
    # What the commit does not touch is not looked at.
    (folder / names[1]).write_text(WASTEFUL)
    (folder / names[0]).write_text(CLEAN.replace("Order", "Ordero") + "// more\n")
    git("add", names[0])
    check(git("commit", "-m", "two").returncode == 0, "hook: looks only at what is committed")
    git("rm", "--quiet", "--cached", names[0])
    check(git("commit", "-m", "three").returncode == 0, "hook: lets a removal pass")

    # What a baseline knows does not stop a commit.
    (folder / names[0]).write_text(WASTEFUL)
    known = run([str(snug), "check", "-p", "build", names[0], "--write-baseline", ".snug-baseline.json"], folder)
    check(known.returncode == 0, f"hook: writes a baseline: {known.stderr}")
    git("add", names[0])
    passed = git("commit", "-m", "four")
    check(passed.returncode == 0, f"hook: heeds the baseline: {passed.stderr}")
    (folder / names[0]).write_text(WASTEFUL + MORE_WASTE)
    git("add", names[0])
    refused = git("commit", "-m", "five")
    check(refused.returncode != 0 and "'Later' wastes" in refused.stdout + refused.stderr,
          "hook: refuses what the baseline does not know")

    config = yaml.safe_load((samples / "ci" / "git-hook" / "pre-commit-config.yaml").read_text())
    entry = config["repos"][0]["hooks"][0]
    check(entry["language"] == "script" and entry["pass_filenames"] is False, "hook: configuration")


def test_cmake(scratch):
    folder = scratch / "cmake"
    shutil.copytree(samples / "ci" / "cmake", folder)
    (folder / ".git").mkdir()

    def configure(*more):
        return run(["cmake", "-S", ".", "-B", "build", "-G", "Ninja", *more], folder)

    def build(target):
        return run(["cmake", "--build", "build", "--target", target], folder)

    configured = configure()
    check(configured.returncode == 0, f"cmake: configures: {configured.stderr}")
    checked = build("snug-check")
    check(checked.returncode != 0 and "orders.cpp:1:8: warning: 'Order' wastes" in checked.stdout,
          f"cmake: the check fails the build: {checked.stdout}")
    names = build("snug-names")
    check(names.returncode == 0 and "Order" not in names.stdout, f"cmake: one target: {names.stdout}")
    again = build("snug-names")
    check("Scanning" in names.stdout and "Scanning" not in again.stdout, f"cmake: scans once: {again.stdout}")
    for header, scanned in [("names.hpp", True), ("orders.cpp", False)]:
        (folder / header).write_text((folder / header).read_text() + "// edited\n")
        edited = build("snug-names")
        check(("Scanning names.cpp" in edited.stdout) == scanned, f"cmake: an edit of {header}: {edited.stdout}")
    whole = (folder / "names.cpp").read_text()
    (folder / "names.cpp").write_text('#include "late.hpp"\n' + whole)
    lost = build("snug-names")
    check(lost.returncode != 0 and "late.hpp" in lost.stdout + lost.stderr, f"cmake: a lost unit: {lost.stdout}")
    (folder / "late.hpp").write_text("")
    found = build("snug-names")
    check(found.returncode == 0, f"cmake: the header has come: {found.stdout}{found.stderr}")
    (folder / "names.cpp").write_text(whole)
    check(build("snug-page").returncode == 0, "cmake: the page")
    check((folder / "build" / "snug.html").exists(), "cmake: the page is there")
    new = build("snug-new")
    check(new.returncode != 0 and "'Order' wastes" in new.stdout, f"cmake: no baseline yet: {new.stdout}")
    written = build("snug-new-baseline")
    check(written.returncode == 0 and (folder / ".snug-baseline.json").exists(),
          f"cmake: writes a baseline: {written.stdout}")
    new = build("snug-new")
    check(new.returncode == 0 and "'Order' wastes" not in new.stdout, f"cmake: heeds the baseline: {new.stdout}")
    (folder / "names.cpp").write_text((folder / "names.cpp").read_text() + MORE_WASTE)
    new = build("snug-new")
    check(new.returncode != 0 and "'Later' wastes" in new.stdout and "'Order' wastes" not in new.stdout,
          f"cmake: new findings fail the build: {new.stdout}")
    wrong = configure("-DSNUG_PROGRAM=")
    check(wrong.returncode != 0 and "set SNUG_PROGRAM" in wrong.stderr, "cmake: tells that snug is missing")
    lists = folder / "CMakeLists.txt"
    lists.write_text(lists.read_text() + "snug_add_check(x TARGETS nothing)\n")
    wrong = configure(f"-DSNUG_PROGRAM={snug}")
    check(wrong.returncode != 0 and "no target 'nothing'" in wrong.stderr, "cmake: tells an unknown target")


def main():
    for program in ["git", "cmake", "ninja", "bash"]:
        if shutil.which(program) is None:
            print(f"skipped: {program} is not installed")
            return SKIPPED
    with tempfile.TemporaryDirectory() as scratch:
        for test in [test_workflow, test_action, test_gitlab, test_hook, test_pre_commit_hooks, test_cmake]:
            test(pathlib.Path(scratch))
    print(f"{len(failures)} failures" if failures else "all checks passed")
    return 1 if failures else 0


sys.exit(main())
