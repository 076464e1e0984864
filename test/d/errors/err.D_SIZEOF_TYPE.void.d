/* SPDX-License-Identifier: MIT */
/* void has no size. */
BEGIN { trace(sizeof (void)); exit(0); }
