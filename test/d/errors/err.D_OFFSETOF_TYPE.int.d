/* SPDX-License-Identifier: MIT */
/* Only structures have offsets. */
BEGIN { trace(offsetof(int, f)); exit(0); }
