/* SPDX-License-Identifier: MIT */
/*
 * Rates beyond their limits are changed, and the change is reported.
 * @@ runs: "$DTRACE" -x cleanrate=10000hz -x statusrate=20s -qn 'BEGIN { exit(0); }' && "$DTRACE" -x cleanrate=2min -qn 'BEGIN { exit(0); }' 
 */
BEGIN { exit(0); }
