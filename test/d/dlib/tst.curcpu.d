/* SPDX-License-Identifier: MIT */
/* curcpu is the CPU that the probe fires on. */
profile-97hz { @[curcpu->cpu_id == cpu, curcpu->cpu_pset] = count(); }
tick-200ms { exit(0); }
END { printa("%d %d\n", @); }
