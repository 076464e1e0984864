/* SPDX-License-Identifier: MIT */
/* A process has to be there. */
pid99999999:::entry { exit(0); }
