/* SPDX-License-Identifier: MIT */
#pragma D depends_on module nosuch
BEGIN { exit(0); }
