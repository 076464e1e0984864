#!/bin/sh
# SPDX-License-Identifier: MIT
# Writes the program of tst.arrays-many.d: 40 arrays each of four kinds. Every element is assigned,
# every other array loses its element again, and then all are compared with what they should be.
exec awk 'BEGIN {
	print "struct pair { int first; long second; };"
	for (i = 0; i < 40; i++)
		print "struct pair pairs" i "[int];"
	print "int wrong;\nBEGIN {"
	for (i = 1; i <= 40; i++) {
		print "\tnumbers" i "[1] = " i ";"
		print "\tself->mine" i "[execname, 1] = (short)" i ";"
		print "\ttexts" i "[(char)1, 2LL] = \"text " i "\";"
		print "\tpairs" i - 1 "[1].second = " i ";"
	}
	print "}\nBEGIN {"
	for (i = 2; i <= 40; i += 2) {
		print "\tnumbers" i "[1] = 0;"
		print "\tself->mine" i "[execname, 1] = 0;"
		print "\ttexts" i "[(char)1, 2LL] = 0;"
	}
	print "}\nBEGIN {"
	for (i = 1; i <= 40; i++) {
		print "\twrong += numbers" i "[1] != " (i % 2 ? i : 0) ";"
		print "\twrong += self->mine" i "[execname, 1] != " (i % 2 ? i : 0) ";"
		text = i % 2 ? "text " i : ""
		print "\twrong += texts" i "[(char)1, 2LL] != \"" text "\";"
		print "\twrong += pairs" i - 1 "[1].second != " i " || pairs" i - 1 "[1].first;"
	}
	print "}\nBEGIN { printf(\"%d wrong\", wrong); exit(0); }"
}'
