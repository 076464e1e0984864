/* SPDX-License-Identifier: MIT */
/* Its object too. */
pid$pid:no_such_object:main:entry { exit(0); }
