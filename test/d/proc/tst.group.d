/* SPDX-License-Identifier: MIT */
/*
 * Of processes whose threads all end at the same time, only the last thread's end is exit.
 * @@ args: -c "sh -c 'for i in 1 2 3 4 5 6 7 8 9 10; do $TRIGGERS/lives group 15; done'"
 */
proc:::exit /progenyof($target) && execname == "lives"/ { @n["exit"] = count(); }
proc:::lwp-exit /progenyof($target) && execname == "lives"/ { @n["lwp-exit"] = count(); }
END { printa("%s %@d\n", @n); }
