/* SPDX-License-Identifier: MIT */
/*
 * $target is the process that -c started; its BEGIN precedes it.
 * @@ args: -c "sleep 5"
 */
BEGIN { printf("%d", $target == pid); exit(0); }
