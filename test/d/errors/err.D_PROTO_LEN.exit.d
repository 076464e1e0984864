/* SPDX-License-Identifier: MIT */
/* Actions count as well. */
BEGIN { exit(); }
