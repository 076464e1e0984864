/* SPDX-License-Identifier: MIT */
/*
 * A key's text is kept to strsize.
 * @@ args: -x strsize=16
 */
BEGIN { @["0123456789abcdefgh"] = count(); @["0123456789abcdeXXX"] = count(); printa("%s %@d", @); exit(0); }
