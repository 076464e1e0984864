/* SPDX-License-Identifier: MIT */
/* A function has entry, return and offsets. */
pid$pid:libc:malloc:no_such_probe { exit(0); }
