/* SPDX-License-Identifier: MIT */
/* What one printa() joins has the same number of keys. */
BEGIN { @a[1] = count(); @b[1, 2] = count(); printa(@a, @b); exit(0); }
