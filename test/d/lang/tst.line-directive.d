/* SPDX-License-Identifier: MIT */
/*
 * #line and cpp's markers set the place that messages name.
 * @@ exit: 1
 */
# 100 "other.h"
BEGIN { trace(nosuch); }
