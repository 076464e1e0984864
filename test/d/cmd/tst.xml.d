/* SPDX-License-Identifier: MIT */
/*
 * -x oformat=xml writes each member as an element; --libxo is its other name.
 * @@ runs: "$DTRACE" --libxo xml -n 'BEGIN { trace("a<b"); @n["k"] = count(); exit(0); }' > $TMP/o; /usr/bin/python3 -c 'import sys, xml.etree.ElementTree as t; d = t.parse(sys.argv[1]).getroot(); print(d.find("probes/name").text, d.find("probes/output/value").text, d.find("aggregations/aggregation-data/keys").text, d.find("aggregations/aggregation-data/count").text)' $TMP/o; "$DTRACE" --libxo=json -n 'BEGIN { trace($$1); exit(0); }' -- --libxo | tail -1
 */
BEGIN { exit(0); }
