/* SPDX-License-Identifier: MIT */
/* A translation may be the first use of a library's type. */
BEGIN { trace((xlate <psinfo_t> (curthread)).pr_pid == pid); exit(0); }
