/* SPDX-License-Identifier: MIT */
/* There is no void variable. */
void v;
BEGIN { exit(0); }
