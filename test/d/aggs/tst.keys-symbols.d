/* SPDX-License-Identifier: MIT */
/*
 * Addresses as keys: sym() and func() by symbol, mod() by module.
 * @@ needs: root
 */
BEGIN { @a[func(0)] = count(); @b[mod(0)] = count(); @b[mod(1)] = count(); exit(0); }
