/* SPDX-License-Identifier: MIT */
/*
 * What END records has room where bufpolicy=fill stopped because the buffers were full.
 * @@ args: -x bufpolicy=fill -x bufsize=4k -c "$TRIGGERS/syscalls 100000"
 */
syscall::getppid:entry /pid == $target/ { printf("%d\n", n++); }
END { printf("the end\n"); }
