/* SPDX-License-Identifier: MIT */
/*
 * A record names its format by 16 bits, so a run has at most that many.
 * @@ runs: for i in $(seq 66); do echo 'BEGIN {'; yes 'printf("a");' | head -n 1000; echo '}'; done >$TMP/x.d; $DTRACE -qs $TMP/x.d
 * @@ exit: 1
 */
