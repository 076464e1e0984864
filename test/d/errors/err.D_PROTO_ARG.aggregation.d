/* SPDX-License-Identifier: MIT */
/* So have those of aggregations. */
BEGIN { @a["x"] = count(); @a[1] = count(); exit(0); }
