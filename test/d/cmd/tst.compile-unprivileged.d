/* SPDX-License-Identifier: MIT */
/*
 * -e and its errors need no privilege.
 * @@ runs: setpriv --reuid=65534 --regid=65534 --clear-groups "$DTRACE" -e -n 'BEGIN { trace(x); }'
 * @@ exit: 1
 * @@ needs: root
 */
BEGIN { exit(0); }
