/* SPDX-License-Identifier: MIT */
/*
 * A 32-bit call of number 110 is not the 64-bit getppid.
 * @@ args: -c "$TRIGGERS/compat 100"
 * @@ needs: x86_64
 */
syscall::getppid:entry /pid == $target/ { @ = count(); }
syscall::getppid:return /pid == $target/ { @r = count(); }
