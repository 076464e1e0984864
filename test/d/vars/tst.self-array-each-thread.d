/* SPDX-License-Identifier: MIT */
/*
 * An element of a self-> array belongs to its thread.
 * @@ needs: cpus
 * @@ runs: seq 1 100 | sed "s/$/ 1/" > $TMP/pairs; exec "$DTRACE" -q -s "$FILE" -c "$TRIGGERS/values -t $TMP/pairs"
 */
syscall::getppid:entry /pid == $target/ { self->n["calls"] += arg1; @[tid == pid] = max(self->n["calls"]); }
