/* SPDX-License-Identifier: MIT */
/*
 * More maps than the kernel allows one program are told as that.
 * @@ exit: 1
 */
BEGIN { @a0[pid] = count(); @a1[pid] = count(); @a2[pid] = count(); @a3[pid] = count(); @a4[pid] = count(); @a5[pid] = count(); @a6[pid] = count(); @a7[pid] = count(); @a8[pid] = count(); @a9[pid] = count(); @a10[pid] = count(); @a11[pid] = count(); @a12[pid] = count(); @a13[pid] = count(); @a14[pid] = count(); @a15[pid] = count(); @a16[pid] = count(); @a17[pid] = count(); @a18[pid] = count(); @a19[pid] = count(); @a20[pid] = count(); @a21[pid] = count(); @a22[pid] = count(); @a23[pid] = count(); @a24[pid] = count(); @a25[pid] = count(); @a26[pid] = count(); @a27[pid] = count(); @a28[pid] = count(); @a29[pid] = count(); @a30[pid] = count(); @a31[pid] = count(); @a32[pid] = count(); @a33[pid] = count(); @a34[pid] = count(); }
