/* SPDX-License-Identifier: MIT */
/*
 * Spin locks for which the machine's CPUs wait. Each wait begins with the kernel's tracepoint and
 * the flag of spinning alone, and is shorter than the run. Emulated CPUs hardly wait for each other.
 * @@ needs: cpus no-vm
 * @@ trigger: for i in 1 2 3 4; do while :; do : | :; done & done; wait
 */
BEGIN { start = timestamp; }
sdt:::contention_begin /args[1] == 1/ { begins[cpu]++; }
lockstat:::spin-spin { ends[cpu]++; }
lockstat:::spin-spin /!args[0] || !args[1] || args[1] > timestamp - start/ { bad++; }
tick-10ms /ends[0] + ends[1] >= 5/ { exit(0); }
tick-5s { exit(0); }
END
{
	printf("%d %d %d\n", ends[0] + ends[1] >= 5, bad, begins[0] + 2 >= ends[0]);
}
