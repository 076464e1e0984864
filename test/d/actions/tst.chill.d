/* SPDX-License-Identifier: MIT */
/*
 * The time passes within the action.  More than half a second in any one is a fault.
 * @@ flags: -w -q
 */
BEGIN { start = timestamp; }
BEGIN { chill(50000000); }
BEGIN { took = (timestamp - start) / 1000000; }
BEGIN { chill(500000001); }
ERROR { printf("%d %d", took >= 50 && took < 250, arg4 == DTRACEFLT_ILLOP); exit(0); }
