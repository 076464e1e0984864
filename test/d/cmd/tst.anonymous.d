/* SPDX-License-Identifier: MIT */
/*
 * There is no anonymous tracing: -a and -A name what Linux offers in its place.
 * @@ runs: for f in -a -A; do "$DTRACE" $f -s "$FILE" 2>&1 | grep -c -e "$f.*there is no anonymous tracing.*systemd.*boot"; done
 */
BEGIN { exit(0); }
