/* SPDX-License-Identifier: MIT */
/* Both arms of ?: have one type. */
BEGIN { trace(pid ? "a" : 5); exit(0); }
