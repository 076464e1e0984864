/* SPDX-License-Identifier: MIT */
/* A destructive action may not be speculative. */
BEGIN { speculate(speculation()); stop(); }
