/* SPDX-License-Identifier: MIT */
/*
 * After clear() the keys stay at zero and count on from there.
 * @@ args: -x switchrate=5ms -x aggrate=5ms
 */
BEGIN { @["a"] = count(); @["b"] = count(); @["b"] = count(); clear(@); printa("%s=%@d ", @); }
tick-200ms { @["b"] = count(); printa("%s=%@d ", @); exit(0); }
