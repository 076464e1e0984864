/* SPDX-License-Identifier: MIT */
/*
 * The stack at on-cpu is the one of the thread that begins to run: a sleeper's comes from its
 * system call.
 * @@ runs: "$DTRACE" -qs "$FILE" -c "$TRIGGERS/turns work 5" | grep -o 'sys_clock_nanosleep' | sort -u
 */
sched:::on-cpu /pid == $target/ { @[stack()] = count(); }
