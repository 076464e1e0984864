#!/bin/sh
# SPDX-License-Identifier: MIT
# many.sh program: the program of tst.many.d. It updates 500 aggregations once each. Those that are
# distributions are removed again, so that each of the others is one line of the output.
# many.sh check: reads that output, prints each line with a wrong value, and how many were right.
exec awk -v job="$1" '
function call_of(i, call) {
	call = calls[i % 9]
	gsub("%", i, call)
	return call
}
function value_of(i) {
	return i % 9 == 0 ? 1 : i % 9 == 5 ? 0 : i
}
BEGIN {
	split("sum(%);min(%);max(%);avg(%);stddev(%);" \
		"quantize(%);lquantize(%,0,500,1);llquantize(%,10,0,3,10)", calls, ";")
	calls[0] = "count()"
	split("1;execname;probefunc,2;\"text\",(char)3;" \
		"4,execname,5LL,(short)6;strjoin(execname,\"x\")", keys, ";")
	if (job != "program")
		exit
	print "BEGIN {"
	for (i = 0; i < 500; i++)
		print "\t@a" i (i % 7 ? "[" keys[i % 7] "]" : "") " = " call_of(i) ";"
	for (i = 0; i < 500; i++)
		if (i % 9 > 5)
			print "\ttrunc(@a" i ");"
	print "\texit(0);\n}"
	exit
}
END {
	if (job != "check")
		exit
	for (i = right = 0; i < 500; i++) {
		if (i % 9 > 5)
			continue
		do
			more = getline
		while (more > 0 && !NF)
		if (more > 0 && $NF == value_of(i))
			right++
		else
			print "@a" i " is", $0
	}
	print right, "are right"
}'
