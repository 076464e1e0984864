/* SPDX-License-Identifier: MIT */
#pragma D depends_on provider nosuch
BEGIN { exit(0); }
