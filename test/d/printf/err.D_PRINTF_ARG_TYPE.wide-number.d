/* SPDX-License-Identifier: MIT */
/* %ls takes wide characters, not a number. */
BEGIN { printf("%ls", 65); }
