/* SPDX-License-Identifier: MIT */
/*
 * Without privilege one sentence names the missing one, before anything is loaded.
 * @@ runs: setpriv --reuid=65534 --regid=65534 --clear-groups "$DTRACE" -qn 'BEGIN { exit(0); }'
 * @@ exit: 1
 * @@ needs: root
 */
BEGIN { exit(0); }
