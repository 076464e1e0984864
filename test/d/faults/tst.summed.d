/* SPDX-License-Identifier: MIT */
/*
 * Of identical faults the first five in a second are reported one by one, the others by their
 * number.  No fault is lost.  Those at another place are counted by themselves.
 * @@ runs: "$DTRACE" -xswitchrate=10ms -qs $FILE -c "$TRIGGERS/syscalls 1000" 2>&1 >/dev/null | awk '/: error on/ { n++; alone++ } / more errors? on/ { n += $2; sums++ } END { print n, (alone < 100), (sums > 1) }'
 */
int zero;
syscall::getppid:entry /pid == $target/ { n++; trace(n / zero); }
syscall::getppid:return /pid == $target/ { trace(n / zero); }
END { printf("%d", n); }
