/* SPDX-License-Identifier: MIT */
/*
 * A file or a pipe gets the bytes as they are.
 * @@ trigger: $TRIGGERS/hostile
 * @@ runs: "$DTRACE" -qs $FILE | od -An -c
 */
syscall::openat:entry /execname == "\033[2Jevil\177\r"/ { trace(execname); exit(0); }
