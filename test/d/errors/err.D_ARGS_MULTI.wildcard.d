/* SPDX-License-Identifier: MIT */
/* args[] needs the same arguments in all the probes of a description. */
syscall:::entry { trace(args[0]); exit(0); }
