/* SPDX-License-Identifier: MIT */
/*
 * Integer keys of every width keep their value and their order, which is that of their type.
 * @@ args: -x aggsortkey
 */
BEGIN { @a[-2] = count(); @a[-1] = count(); @a[0] = count(); @a[1] = count(); @a[2] = count(); }
BEGIN { @b[(int8_t)-1] = count(); @c[(int16_t)-1] = count(); @d[-1LL] = count(); @e[(uint8_t)200] = count(); }
BEGIN { printa("%d ", @a); printa("%d ", @b); printa("%d ", @c); printa("%d ", @d); printa("%d", @e); exit(0); }
