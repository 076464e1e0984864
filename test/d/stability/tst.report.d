/* SPDX-License-Identifier: MIT */
/*
 * -v reports the least stability of the descriptions and of the statements of a program; a description
 * counts by the fields that it has, and what a translator hides does not count.
 * @@ runs: show() { "$DTRACE" -ev -n "$1" | sed -n '2p;4,7p;9,12p'; }; show 'dtrace:::BEGIN { exit(0); }'; show 'dtrace:::BEGIN { trace(curthread->pid); }'; show 'dtrace:::BEGIN { trace(curpsinfo->pr_pid); }'; show 'syscall::read:entry { trace(arg0); }'; show '::read:entry'
 */
BEGIN { exit(0); }
