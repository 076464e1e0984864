/* SPDX-License-Identifier: MIT */
/* No conversion takes an aggregation; %@d in printa() does. */
BEGIN { @a = count(); printf("%d", @a); }
