/* SPDX-License-Identifier: MIT */
/*
 * Firings that add many new keys while interrupts are off, in which the kernel allocates nothing:
 * no key of an aggregation or array is refused.
 * @@ runs: sh ./many-at-once.sh >$TMP/many.d; "$DTRACE" -q -s $TMP/many.d
 * @@ timeout: 60
 */
