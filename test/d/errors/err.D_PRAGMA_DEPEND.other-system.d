/* SPDX-License-Identifier: MIT */
/* Libraries of other systems' providers are not here. */
#pragma D depends_on library nfs.d
BEGIN { exit(0); }
