/* SPDX-License-Identifier: MIT */
/*
 * With thousands of functions enabled, each call is counted: outer(), middle() and inner() are
 * called 1,000 times, printf() once, and prints what it should.  Functions that cannot be probed
 * are named.
 * @@ needs: uprobe.multi
 * @@ timeout: 60
 * @@ args: -c "$TRIGGERS/functions 1000"
 */
pid$target:libc::entry { @all = count(); }
pid$target:functions:inner:entry,
pid$target:functions:middle:entry,
pid$target:functions:outer:entry,
pid$target:libc:printf:entry { @[probefunc] = count(); }
END { printa("%s %@d\n", @); }
