#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes the program of tst.many-at-once.d: each sample updates 80 counts, 80 distributions and 40
# elements, half of them under a new key each time.
exec awk 'BEGIN {
	print "int n;\nprofile-97 {"
	for (i = 0; i < 80; i++) {
		print "\t@count" i "[" (i % 2 ? "n" : "cpu") "] = count();"
		print "\t@power" i "[" (i % 2 ? "n" : "cpu") "] = quantize(" i ");"
	}
	for (i = 0; i < 40; i++)
		print "\telement" i "[n, cpu] = 1;"
	print "\tn++;\n}"
	print "tick-10ms /n > 40/ { done = 1; exit(0); }"
	print "END {"
	for (i = 0; i < 80; i++)
		print "\ttrunc(@count" i "); trunc(@power" i ");"
	print "\tprintf(\"%d\", done);\n}"
}'
