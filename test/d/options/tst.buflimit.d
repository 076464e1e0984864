/* SPDX-License-Identifier: MIT */
/*
 * A buffer is read before switchrate has passed when it is as full as buflimit says: in the middle of
 * the run the records are in the file already, or not yet.  A slow reader may lose some.
 * @@ runs: for l in 1 100; do "$DTRACE" -q -x switchrate=1h -b 1m -x buflimit=$l -o $TMP/out$l -s "$FILE" -c "sh -c '$TRIGGERS/syscalls 2000; sleep 1; test -s $TMP/out$l && echo read || echo not yet'" 2>&1 | grep -v "drops on CPU"; done
 * @@ alone:
 */
syscall::getppid:entry /execname == "syscalls"/ { printf("%d %s\n", pid, execname); }
