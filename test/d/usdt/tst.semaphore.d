/* SPDX-License-Identifier: MIT */
/*
 * While the probe is enabled its semaphore is raised, and afterwards it is not: the program returns
 * the semaphore.
 * @@ needs: uprobes
 * @@ runs: $TRIGGERS/notes 4 & sleep 0.3; $DTRACE -q -n "notes$!:::asked { trace(arg0); exit(0); }"; wait $!; echo " then $?"
 */
BEGIN { exit(0); }
