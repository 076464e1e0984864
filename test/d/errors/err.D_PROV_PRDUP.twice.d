/* SPDX-License-Identifier: MIT */
/* A probe is declared once. */
provider prov { probe a(); probe a(); };
BEGIN { exit(0); }
