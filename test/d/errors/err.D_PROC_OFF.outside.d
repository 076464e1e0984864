/* SPDX-License-Identifier: MIT */
/* Within its length. */
pid$pid:libc:malloc:ffffff { exit(0); }
