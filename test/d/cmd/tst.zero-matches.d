/* SPDX-License-Identifier: MIT */
/*
 * With -Z a description may match nothing.
 * @@ runs: "$DTRACE" -Zqn 'nosuchprovider:::x { trace(1); } BEGIN { printf("begun"); exit(0); }'
 */
BEGIN { exit(0); }
