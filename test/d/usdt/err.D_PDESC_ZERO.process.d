/* SPDX-License-Identifier: MIT */
/* Process 1 carries no such probes. */
nonesuch1:::thing { exit(0); }
