/* SPDX-License-Identifier: MIT */
/*
 * The JSON of range() names the function, which has no number in the public header.
 * @@ runs: "$DTRACE" -x oformat=json -s "$FILE" | /usr/bin/python3 -c 'import json, sys; print(json.load(sys.stdin)["dtrace"]["aggregations"])'
 */
BEGIN
{
	@r["k"] = range(1);
	@r["k"] = range(43);
	exit(0);
}
