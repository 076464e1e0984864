/* SPDX-License-Identifier: MIT */
/*
 * disasm says which listings -S shows: 1 is the intermediate code with its registers v1, v2, ..., 2 is
 * BPF with r0 to r10, and 3 both.  verbose is -S, also in a script.
 * @@ runs: for d in 1 2 3; do "$DTRACE" -qx disasm=$d -s "$FILE" 2>&1 | awk '/^\tv[0-9]+ = /{ir=1} /^ *[0-9]+: \(/{bpf=1} END{print ir+0, bpf+0}'; done
 */
#pragma D option verbose
BEGIN { exit(0); }
