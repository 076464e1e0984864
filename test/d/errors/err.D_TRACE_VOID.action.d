/* SPDX-License-Identifier: MIT */
/* An action has no value: that trace() needs one comes before the place of the call. */
BEGIN { trace(exit(0)); }
