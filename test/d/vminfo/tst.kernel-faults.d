/* SPDX-License-Identifier: MIT */
/*
 * A clause that reads an address of the kernel's at which there is nothing takes a kernel_asflt,
 * which is an as_fault, too.
 * @@ needs: x86_64
 * @@ runs: $DTRACE -q -s $FILE -c "$TRIGGERS/syscalls 25" 2>/dev/null
 */
syscall::write:entry /pid == $target/ { trace(*(int *)0xffffc8ff00000000); }
vminfo:::kernel_asflt /pid == $target/ { kernel += arg0; }
vminfo::page_fault_kernel:as_fault /pid == $target/ { as += arg0; }
ERROR { faults++; }
END { printf("%d %d %d", faults, kernel, as >= kernel); }
