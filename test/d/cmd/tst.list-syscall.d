/* SPDX-License-Identifier: MIT */
/*
 * -l with globs in each part.
 * @@ runs: "$DTRACE" -l -n 'syscall::getpp?d:*' | awk '{ print $2, $4, $5 }' | tail -n +2
 */
BEGIN { exit(0); }
