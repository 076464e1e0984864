/* SPDX-License-Identifier: MIT */
/*
 * Ten errors are shown, of however many.
 * @@ runs: for i in $(seq 30); do echo "BEGIN { trace(name_$i); }"; done >"$TMP/many.d"; "$DTRACE" -s "$TMP/many.d" 2>&1 | grep -c "failed to resolve"
 */
BEGIN { exit(0); }
