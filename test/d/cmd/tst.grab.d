/* SPDX-License-Identifier: MIT */
/*
 * -p follows a running process until it ends.
 * @@ runs: sleep 0.7 & "$DTRACE" -q -p $! -n 'BEGIN { printf("%d", $target == '$!'); }'
 */
BEGIN { exit(0); }
