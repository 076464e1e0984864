/* SPDX-License-Identifier: MIT */
/*
 * A function that is not there is named in the message.
 * @@ needs: kprobes
 * @@ runs: $DTRACE -n 'fbt::no_such_function:entry' 2>&1 | grep -o "no function 'no_such_function'"
 */
BEGIN { exit(0); }
