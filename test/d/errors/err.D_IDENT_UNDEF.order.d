/* SPDX-License-Identifier: MIT */
/* A global variable is defined by the first assignment in the text, not by a later one. */
BEGIN { trace(later); }
END { later = 1; }
