/* SPDX-License-Identifier: MIT */
/* An action has no value: the conversion is checked before the place of the call. */
BEGIN { printf("%d", exit(0)); }
