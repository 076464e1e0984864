/* SPDX-License-Identifier: MIT */
/*
 * Only the first error is reported, with the text of the whole argument.
 * @@ runs: "$DTRACE" -xerrtags -n 'BEGIN { trace(one); trace(two); }' 
 * @@ exit: 1
 */
BEGIN { exit(0); }
