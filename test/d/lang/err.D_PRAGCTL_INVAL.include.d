/* SPDX-License-Identifier: MIT */
/*
 * Without -C there is no #include.
 */
#include <sys/types.h>
BEGIN { }
