/* SPDX-License-Identifier: MIT */
/*
 * Random bytes as a program: an error with its place, status 1.
 * @@ runs: head -c 2000 /dev/urandom > $TMP/noise.d; "$DTRACE" -s $TMP/noise.d 2>$TMP/err; s=$?; head -1 $TMP/err | grep -c 'failed to compile script'; exit $s
 * @@ exit: 1
 */
BEGIN { exit(0); }
