/* SPDX-License-Identifier: MIT */
/*
 * -x tree shows the typed trees.
 * @@ runs: "$DTRACE" -xtree -en 'BEGIN { x = 1 + pid; }' 2>&1 | grep -c 'builtin:pid_t pid' 
 */
BEGIN { exit(0); }
