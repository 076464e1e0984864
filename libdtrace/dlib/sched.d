/* SPDX-License-Identifier: MIT */
/* CPUs.  Processor sets do not exist on Linux: all CPUs are in number 0. */
typedef struct cpuinfo {
	processorid_t cpu_id;
	psetid_t cpu_pset;
	chipid_t cpu_chip;     /* no translation: its place differs between machines */
	lgrp_id_t cpu_lgrp;    /* memory node */
} cpuinfo_t;

translator cpuinfo_t < int CPU > {
	cpu_id = CPU;
	cpu_pset = 0;
};

inline cpuinfo_t *curcpu = xlate <cpuinfo_t *> (cpu);

#pragma D attributes Stable/Stable/Common curcpu
