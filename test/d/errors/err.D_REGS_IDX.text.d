/* SPDX-License-Identifier: MIT */
/* A register has a number. */
BEGIN { trace(uregs["a"]); }
