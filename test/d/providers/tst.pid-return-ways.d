/* SPDX-License-Identifier: MIT */
/*
 * Recursion, longjmp(), signal handlers, fork() and threads: every return is seen and the program is
 * none the wiser, whichever way returns are found.
 * @@ needs: uprobes x86_64
 * @@ runs: for way in auto decode trampoline; do for mode in recursion longjmp signals fork threads; do $DTRACE -q -x returns=$way -s $FILE -c "$TRIGGERS/returns $mode"; done; done
 * @@ timeout: 120
 */
pid$target:a.out::return
/probefunc != "main" && probefunc != "run" && probefunc != "frame_dummy" && substr(probefunc, 0, 1) != "_" &&
 strstr(probefunc, "tm_clones") == NULL/
{
	@[probefunc] = count();
}
END { printa("%s %@d\n", @); }
