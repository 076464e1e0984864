/* SPDX-License-Identifier: MIT */
/*
 * What stands left of && protects what stands right of it.
 */
int zero; int *null;
BEGIN /zero && 1 / zero/ { printf("no "); }
BEGIN /null != 0 && *null == 1/ { printf("no "); }
BEGIN /zero == 0 || 1 % zero/ { printf("guarded"); exit(0); }
