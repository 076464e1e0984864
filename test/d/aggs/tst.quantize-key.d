/* SPDX-License-Identifier: MIT */
/*
 * A distribution with a key follows its key.
 */
BEGIN { @["read"] = quantize(8); exit(0); }
