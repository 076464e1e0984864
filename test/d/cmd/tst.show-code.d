/* SPDX-License-Identifier: MIT */
/*
 * -S prints the intermediate and the BPF code on standard error; with -e no privilege is needed.
 * @@ runs: "$DTRACE" -Sqn 'BEGIN { printf("ran"); exit(0); }' 2>$TMP/s; grep -q '^dtrace_BEGIN:' $TMP/s && echo code; setpriv --reuid=65534 --regid=65534 --clear-groups "$DTRACE" -Se -n 'syscall::read:entry { @ = count(); }' 2>&1 >/dev/null | grep -q 'exit$' && echo code
 */
BEGIN { exit(0); }
