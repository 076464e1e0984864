/* SPDX-License-Identifier: MIT */
/*
 * -x oformat=json makes one document of probes, values, messages and aggregations.
 * @@ runs: "$DTRACE" -x oformat=json -n 'BEGIN { trace(-5); trace("a\"b"); printf("%d\n", 3); @n["k", 1] = count(); @q = quantize(5); exit(4); } END { @m = max(9); printa(@m); }' > $TMP/o; s=$?; /usr/bin/python3 -c 'import json, sys; d = json.load(open(sys.argv[1]))["dtrace"]; print([(p["name"], p["output"]) for p in d["probes"]]); print(d["aggregations"])' $TMP/o; exit $s
 * @@ exit: 4
 */
BEGIN { exit(0); }
