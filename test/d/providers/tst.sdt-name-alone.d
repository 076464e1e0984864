/* SPDX-License-Identifier: MIT */
/*
 * A description that is only a name finds a tracepoint of that name, and so does a pattern.
 * @@ needs: btf
 * @@ args: -c "$TRIGGERS/syscalls 20 1"
 */
sched_switch { alone = 1; }
sched_switc? { pattern = 1; }
END { printf("%d %d", alone, pattern); }
