/* SPDX-License-Identifier: MIT */
/*
 * String keys: literals, variables, built-ins and computed ones are one key where their texts are equal.
 */
BEGIN { s = "ab"; @[s] = count(); @["ab"] = count(); @[strjoin("a", "b")] = count(); @[substr("xab", 1)] = count(); @[""] = count(); }
BEGIN { @[probefunc] = count(); @[probename] = count(); @["BEGIN"] = count(); exit(0); }
