/* SPDX-License-Identifier: MIT */
/*
 * -h without a provider.
 * @@ runs: cd $TMP; echo 'int x;' > e.d; "$DTRACE" -h -s e.d
 * @@ exit: 1
 */
BEGIN { exit(0); }
