/* SPDX-License-Identifier: MIT */
/*
 * With temporal the records of all CPUs are in the order of time, also under load and with
 * interrupts within firings.
 * @@ needs: cpus
 * @@ runs: "$DTRACE" -xtemporal -xoformat=json -xbufsize=512k -xswitchrate=20ms -qs $FILE 2>/dev/null | python3 ./times.py
 * @@ trigger: for i in 1 2 3; do nice -n 15 dd if=/dev/zero of=/dev/null bs=1 count=100000000 2>/dev/null & done; wait
 */
syscall::read:entry, syscall::write:entry, syscall::write:return, profile-4999 { trace(1); }
tick-1s { exit(0); }
