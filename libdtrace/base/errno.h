/* SPDX-License-Identifier: MIT */
/*
 * The error numbers of the library, beside errno's.  Clients see them through dtrace_errno() and
 * dtrace_errmsg(); numbers and texts are illumos'.  X(name, number, text).
 */
#ifndef DT_BASE_ERRNO_H
#define DT_BASE_ERRNO_H

/* clang-format off */
#define DT_ERRORS(X) \
	X(VERSION, 1000, "Client requested version newer than libdtrace") \
	X(VERSINVAL, 1001, "Version is not properly formatted or is too large") \
	X(VERSUNDEF, 1002, "Requested version is not supported by compiler") \
	X(VERSREDUCED, 1003, "Requested version conflicts with earlier setting") \
	X(CTF, 1004, "Unexpected libctf error") \
	X(COMPILER, 1005, "Error in D program compilation") \
	X(NOMEM, 1007, "Memory allocation failure") \
	X(NOMOD, 1010, "Unknown module name") \
	X(NOPROV, 1011, "Unknown provider name") \
	X(NOPROBE, 1012, "No probe matches description") \
	X(NOSYM, 1013, "Unknown symbol name") \
	X(NOSYMADDR, 1014, "No symbol corresponds to address") \
	X(NOTYPE, 1015, "Unknown type name") \
	X(BADSPEC, 1019, "Overspecified probe description") \
	X(BADSPCV, 1020, "Undefined macro variable in probe description") \
	X(BADID, 1021, "Unknown probe identifier") \
	X(NOCTF, 1023, "Module does not contain any CTF data") \
	X(DIFVERS, 1025, "Invalid DIF version number") \
	X(BADAGG, 1026, "Unknown aggregation") \
	X(FIO, 1027, "Error occurred while reading from input stream") \
	X(DIFINVAL, 1028, "BPF program content is invalid") \
	X(DIFSIZE, 1029, "BPF program exceeds maximum program size") \
	X(DIFFAULT, 1030, "BPF program contains invalid pointer") \
	X(BADPROBE, 1031, "Invalid probe specification") \
	X(BADPGLOB, 1032, "Probe description has too many globbing characters") \
	X(DMISMATCH, 1035, "Data record list does not match statement") \
	X(DOFFSET, 1036, "Data record offset exceeds buffer boundary") \
	X(DALIGN, 1037, "Data record has inappropriate alignment") \
	X(BADOPTNAME, 1038, "Invalid option name") \
	X(BADOPTVAL, 1039, "Invalid value for specified option") \
	X(BADOPTCTX, 1040, "Option cannot be used from within a D program") \
	X(ACTIVE, 1046, "Operation illegal when tracing is active") \
	X(DESTRUCTIVE, 1047, "Destructive actions not allowed") \
	X(NOANON, 1048, "No anonymous tracing state") \
	X(ISANON, 1049, "Can't claim anonymous state and enable probes") \
	X(ENDTOOBIG, 1050, "END enablings exceed size of principal buffer") \
	X(BADERROR, 1053, "Cannot compile library ERROR program") \
	X(ERRABORT, 1054, "Abort due to error") \
	X(DROPABORT, 1055, "Abort due to drop") \
	X(DIRABORT, 1056, "Abort explicitly directed") \
	X(BADRVAL, 1057, "Invalid return value from callback") \
	X(BADNORMAL, 1058, "Invalid normalization") \
	X(BUFTOOSMALL, 1059, "Enabling exceeds size of buffer") \
	X(BADTRUNC, 1060, "Invalid truncation") \
	X(BUSY, 1061, "DTrace cannot be used while other tracing is active") \
	X(ACCESS, 1062, "DTrace requires additional privileges") \
	X(NOENT, 1063, "DTrace device not available on system") \
	X(BRICKED, 1064, "Abort due to systemic unresponsiveness") \
	X(HARDWIRE, 1065, "Failed to load language definitions") \
	X(ELFVERSION, 1066, "libelf is out-of-date with respect to libdtrace") \
	X(NOBUFFERED, 1067, "Attempt to buffer output without handler") \
	X(UNSTABLE, 1068, "Description matched an unstable set of probes") \
	X(BADSETOPT, 1069, "Invalid setopt() library action") \
	X(BADSTACKPC, 1070, "Invalid stack program counter size") \
	X(BADAGGVAR, 1071, "Invalid aggregation variable identifier") \
	X(OVERSION, 1072, "Client requested deprecated version of libdtrace") \
	X(ENABLING_ERR, 1073, "Failed to enable probe") \
	X(NOPROBES, 1074, "No probe sites found for declared provider") \
	X(CANTLOAD, 1075, "Failed to load module") \
	X(KERNEL, 1100, "This kernel lacks a feature that the program needs") \
	X(VERIFIER, 1101, "The kernel's verifier refused a generated program") \
	X(CLOSED, 1102, "The handle has been closed")
/* clang-format on */

enum dt_errno {
#define X(name, number, text) EDT_##name = number,
	DT_ERRORS(X)
#undef X
};

/* The text of an errno or EDT_ number; never NULL. */
const char *dt_strerror(int err);

#endif
