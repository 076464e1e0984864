/* SPDX-License-Identifier: MIT */
/* A clause may call speculate() once. */
BEGIN { speculate(1); speculate(2); }
