/* SPDX-License-Identifier: MIT */
/*
 * A value that an option does not accept; the message has only its name.
 * @@ runs: "$DTRACE" -x bufsize=many -n BEGIN
 * @@ exit: 1
 */
BEGIN { exit(0); }
