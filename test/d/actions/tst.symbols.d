/* SPDX-License-Identifier: MIT */
/*
 * sym() and func() name kernel functions, mod() their module; what has no name stays a number.
 * @@ needs: root
 */
BEGIN { sym(0x10); mod(0x10); func(0); exit(0); }
