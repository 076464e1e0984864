/* SPDX-License-Identifier: MIT */
/* %zd is no conversion of D. */
BEGIN { printf("%zd", 65); }
