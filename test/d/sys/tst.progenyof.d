/* SPDX-License-Identifier: MIT */
/*
 * Of the programs that run, those that descend from the target: of a shell in a shell both,
 * one that is started by somebody else not.
 * @@ trigger: sh -c 'while sleep 0.05; do /bin/true; done'
 * @@ args: -c "sh -c 'sh -c /bin/true; sleep 0.3; /bin/true'"
 */
sdt:::sched_process_exec /progenyof($target)/ { @[execname] = count(); }
sdt:::sched_process_exec /execname == "true" && !progenyof($target)/ { others = 1; }
END { printa("%s %@d\n", @); printf("%d %d %d", others, progenyof($pid), progenyof(999999)); }
