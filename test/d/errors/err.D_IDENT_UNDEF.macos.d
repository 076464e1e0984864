/* SPDX-License-Identifier: MIT */
/* A variable of macOS is refused by name. */
BEGIN { trace(machtimestamp); exit(0); }
