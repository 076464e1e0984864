/* SPDX-License-Identifier: MIT */
/* And the function in it. */
pid$pid:libc:no_such_function:entry { exit(0); }
