/* SPDX-License-Identifier: MIT */
/* Text and numbers are not compared. */
BEGIN /execname == 5/ { exit(0); }
