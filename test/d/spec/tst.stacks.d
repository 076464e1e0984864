/* SPDX-License-Identifier: MIT */
/*
 * Stacks, strings, memory and aggregations are recorded into speculations; an aggregation is shown
 * as it is when the speculation is committed.
 */
BEGIN { x = speculation(); @total = sum(3); }
BEGIN { speculate(x); stack(1); ustack(1); trace(probename); printf(" %s", execname); tracemem(curthread->comm, 3); }
BEGIN { speculate(x); printa("total %@d\n", @total); }
BEGIN { @total = sum(2); }
BEGIN { commit(x); }
BEGIN { exit(0); }
