/* SPDX-License-Identifier: MIT */
/*
 * A value that an option does not take; only the name is shown.
 * @@ runs: "$DTRACE" -x bufsize=many -n BEGIN
 * @@ exit: 1
 */
BEGIN { exit(0); }
