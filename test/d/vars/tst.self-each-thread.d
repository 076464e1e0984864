/* SPDX-License-Identifier: MIT */
/*
 * Each thread has self-> variables of its own: two threads share the calls, and each counts its half.
 * @@ needs: cpus
 * @@ runs: seq 1 200 | sed "s/$/ 1/" > $TMP/pairs; exec "$DTRACE" -q -s "$FILE" -c "$TRIGGERS/values -t $TMP/pairs"
 */
syscall::getppid:entry /pid == $target/ { self->n++; self->who = tid == pid ? "first" : "second"; }
syscall::getppid:entry /pid == $target/ { @[self->who] = max(self->n); }
