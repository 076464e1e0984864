/* SPDX-License-Identifier: MIT */
/*
 * An if whose branch is not taken prints nothing.
 */
BEGIN { if (0) printf("no"); exit(0); }
