/* SPDX-License-Identifier: MIT */
/*
 * scratchsize is the most that alloca() gives: a larger block, of whatever kind of size, is a fault.
 * @@ runs: for n in 16 17; do "$DTRACE" -q -x scratchsize=16 -s "$FILE" $n 2>&1 | sed 's/.*): //'; done; "$DTRACE" -x scratchsize=5k -s "$FILE" 1 2>&1 | grep -o 'the most is.*'
 */
BEGIN { size = $1; }
BEGIN { this->p = (char *)alloca($1); this->p[15] = 1; printf("constant "); }
BEGIN { this->p = (char *)alloca(size); this->p[15] = 1; printf("variable"); }
BEGIN { exit(0); }
