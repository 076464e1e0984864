/* SPDX-License-Identifier: MIT */
/* An aggregation keeps its function. */
BEGIN { @a = count(); }
END { @a = sum(1); }
