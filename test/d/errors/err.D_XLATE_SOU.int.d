/* SPDX-License-Identifier: MIT */
/* Numbers are not translated to. */
BEGIN { trace(xlate <int>(1)); exit(0); }
