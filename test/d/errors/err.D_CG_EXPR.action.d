/* SPDX-License-Identifier: MIT */
/* An action has no value. */
BEGIN { x = trace(1); exit(0); }
