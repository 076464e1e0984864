/* SPDX-License-Identifier: MIT */
/*
 * A string longer than strsize - 1 is cut there.
 * @@ args: -x strsize=8
 */
BEGIN { s = "0123456789"; this->s = strjoin("abcd", "efgh"); a[1] = s; printf("%s %s %s %d", s, this->s, a[1], strlen(s)); exit(0); }
