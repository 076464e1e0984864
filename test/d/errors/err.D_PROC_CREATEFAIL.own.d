/* SPDX-License-Identifier: MIT */
/* A function that never returns has no return. */
pid$pid:dtrace:_start:return { }
