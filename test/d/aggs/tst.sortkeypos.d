/* SPDX-License-Identifier: MIT */
/*
 * aggsortkeypos chooses the first key that counts.
 * @@ args: -x aggsortkey -x aggsortkeypos=1
 */
BEGIN {
	@["a", 3] = count(); @["b", 1] = count(); @["c", 2] = count();
	exit(0);
}
