/* SPDX-License-Identifier: MIT */
/*
 * A program that makes seven threads, one after the other: eight begin and end, but one process.
 * @@ args: -c "$TRIGGERS/lives threads 7"
 */
proc:::lwp-create /pid == $target/ { @n["lwp-create"] = count(); own += args[1]->pr_pid == pid; }
proc:::lwp-start /pid == $target/ { @n["lwp-start"] = count(); }
proc:::lwp-exit /pid == $target/ { @n["lwp-exit"] = count(); }
proc:::create /pid == $target/ { @n["create"] = count(); }
proc:::start /pid == $target/ { @n["start"] = count(); }
proc:::exit /pid == $target/ { @n["exit"] = count(); }
END { printa("%s %@d\n", @n); printf("%d\n", own); }
