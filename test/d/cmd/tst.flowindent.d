/* SPDX-License-Identifier: MIT */
/*
 * -F prints its own header and indents; the default action has no text of its own.
 * @@ runs: "$DTRACE" -F -n 'BEGIN { } END { } BEGIN { exit(0); }' 2>/dev/null
 */
BEGIN { exit(0); }
