/* SPDX-License-Identifier: MIT */
/*
 * There are three formats of output; another is refused, and the message names them.
 * @@ runs: "$DTRACE" -x oformat=html -s "$FILE" 2>&1; "$DTRACE" -O -x oformat=json -s "$FILE" | grep -c '"aggregations":.*"aggregation-name":"a".*"sum":3'
 */
BEGIN { @a = sum(1); @a = sum(2); exit(0); }
