/* SPDX-License-Identifier: MIT */
/*
 * A speculation holds as many bytes as specsize says: what does not fit is dropped and counted.
 * @@ runs: for s in 4k 64 1; do "$DTRACE" -q -x specsize=$s -s "$FILE" 2>&1 | awk '/^kept/{kept++} /speculative drop/{drops=$2} END{print kept + drops, (kept > 0) + (kept == 4)}'; done
 */
BEGIN { self->s = speculation(); }
BEGIN { speculate(self->s); printf("kept %d %d\n", timestamp, pid); }
BEGIN { speculate(self->s); printf("kept %d %d\n", timestamp, pid); }
BEGIN { speculate(self->s); printf("kept %d %d\n", timestamp, pid); }
BEGIN { speculate(self->s); printf("kept %d %d\n", timestamp, pid); }
BEGIN { commit(self->s); }
BEGIN { exit(0); }
