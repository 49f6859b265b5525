#!/usr/bin/env bash
# Checks a project on a cluster with Slurm: an array of scans, a merge, an array of proofs, a report.
#
#   samples/cluster/slurm.sh BUILD OUT [TASKS]
#
# BUILD is the folder of compile_commands.json, OUT a folder that all machines see, TASKS the number of
# array tasks (default 8). Prints the id of the last job; OUT/report.json and OUT/report.html are there
# when it has ended. Run it again after a failure: what is there is not made again, so that a lost task is
# one whose file is absent.
#
# From the environment: SNUG (default: snug), SBATCH_ARGS (more words for each sbatch, for example
# "--partition=short"), SNUG_ARGS (more words for scan and check, for example "--root /project").
set -euo pipefail

[ $# -ge 2 ] || { sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p}' "$0" >&2; exit 2; }
build=$(realpath "$1") && mkdir -p "$2" && out=$(realpath "$2") && tasks=${3:-8}
snug=${SNUG:-snug}
read -ra more <<<"${SNUG_ARGS:-}"
read -ra batch <<<"${SBATCH_ARGS:-}"
command -v sbatch >/dev/null || { echo "slurm.sh: sbatch is not installed" >&2; exit 2; }

quoted() { [ $# -eq 0 ] || printf '%q ' "$@"; }

# Writes to a file beside the result, which is there as a whole or not at all. snug's own -o does that, too,
# and fails tasks with status 1 and above; findings (1) are no failure here.
step() {  # NAME DEPENDENCY ARRAY COMMAND
  local words=(sbatch --parsable --job-name="snug-$1" --output="$out/log-$1-%A_%a.txt" --requeue "${batch[@]}")
  [ -z "$2" ] || words+=(--dependency="afterok:$2" --kill-on-invalid-dep=yes)
  [ -z "$3" ] || words+=(--array="$3")
  "${words[@]}" --wrap "set -u; cd $(quoted "$PWD"); $4" | cut -d';' -f1
}

s=$(quoted "$snug") m=$(quoted "${more[@]}") o=$(quoted "$out") && o=${o% }
scan=$(step scan "" "1-$tasks" \
  "p=$o/part-\$SLURM_ARRAY_TASK_ID.snug; [ -s \"\$p\" ] || $s scan -p $(quoted "$build") --shard \$SLURM_ARRAY_TASK_ID/$tasks --keep-going -o \"\$p\" $m")
merge=$(step merge "$scan" "" \
  "$s merge $o/part-*.snug -o $o/all.snug && $s check $o/all.snug --plan $o/proofs --keep-going $m")
prove=$(step prove "$merge" "1-$tasks" \
  "a=$o/answers-\$SLURM_ARRAY_TASK_ID; [ \"\$a\" -nt $o/proofs ] || $s prove $o/proofs --shard \$SLURM_ARRAY_TASK_ID/$tasks -o \"\$a\" || [ -s \"\$a\" ]")
# A proof that is missing is done by the report itself: its task need not have succeeded.
report="for a in $o/answers-*; do set -- \"\$@\" --proofs \"\$a\"; done; $s check $o/all.snug \"\$@\" --keep-going --fail-on never --format json -o $o/report.json $m && $s check $o/all.snug \"\$@\" --keep-going --fail-on never --format html -o $o/report.html $m"
step report "$prove" "" "$report"
