/* SPDX-License-Identifier: MIT */
/*
 * What printa() has shown does not come again at the end; what it has not, does.
 */
BEGIN { @a["x"] = count(); @b["y"] = count(); printa("%s\n", @a); exit(0); }
