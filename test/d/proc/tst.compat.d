/* SPDX-License-Identifier: MIT */
/*
 * A 32-bit call with which a program executes another one.
 * @@ needs: x86_64
 * @@ args: -c "$TRIGGERS/compat-exec /nonexistent /bin/true"
 */
proc:::exec /pid == $target/ { printf("%s\n", copyinstr(arg0)); }
proc:::exec-failure /pid == $target/ { printf("error %d\n", args[0]); }
proc:::exec-success /pid == $target/ { printf("%s\n", execname); }
