/* SPDX-License-Identifier: MIT */
/*
 * A buffer for which there is no memory is made smaller, which is reported unless quietresize is set;
 * with bufresize=manual it is an error.
 * @@ needs: unsanitized
 * @@ runs: ulimit -v 60000; for o in auto auto,quietresize manual; do "$DTRACE" -q -b 64m -x bufresize=${o%,*} $(case $o in *,*) echo -x ${o#*,};; esac) -s "$FILE" 2>&1; echo $?; done
 */
BEGIN { printf("traces"); exit(0); }
syscall::getppid:entry { trace(pid); }
