/* SPDX-License-Identifier: MIT */
/*
 * Many associative arrays, of numbers, strings and structures, global and thread-local: none sees
 * another's elements, and none loses its own when others do.
 * @@ runs: sh ./arrays-many.sh >$TMP/many.d; "$DTRACE" -q -s $TMP/many.d
 * @@ timeout: 60
 */
