/* SPDX-License-Identifier: MIT */
/* epid differs for each pair of a clause and a probe; id is the probe's, also in another clause. */
BEGIN { first = epid; number = id; }
BEGIN { printf("%d %d\n", epid != first, id == number); }
BEGIN, END { @[epid != first] = count(); }
BEGIN { exit(0); }
