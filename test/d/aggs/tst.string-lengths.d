/* SPDX-License-Identifier: MIT */
/*
 * Keys with strings of all lengths, short ones and long ones in one aggregation, alone and beside
 * other keys.
 */
BEGIN { s = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz"; }
BEGIN { @[substr(s, 0, 0)] = sum(1); @two[substr(s, 0, 0), (char)0] = count(); }
BEGIN { @[substr(s, 0, 0)] = sum(1000); @two[substr(s, 0, 0), (char)0] = count(); }
BEGIN { @[substr(s, 0, 1)] = sum(2); @two[substr(s, 0, 1), (char)1] = count(); }
BEGIN { @[substr(s, 0, 1)] = sum(1000); @two[substr(s, 0, 1), (char)1] = count(); }
BEGIN { @[substr(s, 0, 58)] = sum(59); @two[substr(s, 0, 58), (char)1] = count(); }
BEGIN { @[substr(s, 0, 58)] = sum(1000); @two[substr(s, 0, 58), (char)1] = count(); }
BEGIN { @[substr(s, 0, 59)] = sum(60); @two[substr(s, 0, 59), (char)2] = count(); }
BEGIN { @[substr(s, 0, 59)] = sum(1000); @two[substr(s, 0, 59), (char)2] = count(); }
BEGIN { @[substr(s, 0, 60)] = sum(61); @two[substr(s, 0, 60), (char)0] = count(); }
BEGIN { @[substr(s, 0, 60)] = sum(1000); @two[substr(s, 0, 60), (char)0] = count(); }
BEGIN { @[substr(s, 0, 61)] = sum(62); @two[substr(s, 0, 61), (char)1] = count(); }
BEGIN { @[substr(s, 0, 61)] = sum(1000); @two[substr(s, 0, 61), (char)1] = count(); }
BEGIN { @[substr(s, 0, 62)] = sum(63); @two[substr(s, 0, 62), (char)2] = count(); }
BEGIN { @[substr(s, 0, 62)] = sum(1000); @two[substr(s, 0, 62), (char)2] = count(); }
BEGIN { @[substr(s, 0, 67)] = sum(68); @two[substr(s, 0, 67), (char)1] = count(); }
BEGIN { @[substr(s, 0, 67)] = sum(1000); @two[substr(s, 0, 67), (char)1] = count(); }
BEGIN { @[substr(s, 0, 68)] = sum(69); @two[substr(s, 0, 68), (char)2] = count(); }
BEGIN { @[substr(s, 0, 68)] = sum(1000); @two[substr(s, 0, 68), (char)2] = count(); }
BEGIN { @[substr(s, 0, 127)] = sum(128); @two[substr(s, 0, 127), (char)1] = count(); }
BEGIN { @[substr(s, 0, 127)] = sum(1000); @two[substr(s, 0, 127), (char)1] = count(); }
BEGIN { @[substr(s, 0, 128)] = sum(129); @two[substr(s, 0, 128), (char)2] = count(); }
BEGIN { @[substr(s, 0, 128)] = sum(1000); @two[substr(s, 0, 128), (char)2] = count(); }
BEGIN { @[substr(s, 0, 130)] = sum(131); @two[substr(s, 0, 130), (char)1] = count(); }
BEGIN { @[substr(s, 0, 130)] = sum(1000); @two[substr(s, 0, 130), (char)1] = count(); }
BEGIN { @[s] = sum(5); exit(0); }
END { printa("%s %@d\n", @); printa("%s %d %@d\n", @two); }
