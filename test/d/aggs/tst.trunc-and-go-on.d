/* SPDX-License-Identifier: MIT */
/*
 * After trunc() the keys are gone and come back with what happens next.
 * @@ args: -x switchrate=5ms -x aggrate=5ms
 */
BEGIN { @["a"] = count(); @["b"] = count(); trunc(@); }
tick-200ms { @["b"] = count(); printa("%s=%@d ", @); exit(0); }
