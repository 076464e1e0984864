/* SPDX-License-Identifier: MIT */
/* A division by a constant zero is seen at once. */
BEGIN { trace(1 / 0); exit(0); }
