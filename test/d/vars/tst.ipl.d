/* SPDX-License-Identifier: MIT */
/*
 * A timer interrupts at level 2; soft interrupts are level 1, system calls 0.
 * @@ needs: vm
 * @@ args: -c "$TRIGGERS/syscalls 100 1"
 */
profile-97 { @clock = max(ipl); }
sdt:::softirq_entry { @soft = max(ipl); }
syscall:::entry { @call = max(ipl); }
END { printa("%@d %@d %@d", @call, @soft, @clock); }
