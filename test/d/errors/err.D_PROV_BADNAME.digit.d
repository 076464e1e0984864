/* SPDX-License-Identifier: MIT */
/* A provider's name does not end with a digit. */
provider p1 { probe a(); };
BEGIN { exit(0); }
