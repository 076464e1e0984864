/* SPDX-License-Identifier: MIT */
/* A provider has the parts provider, module, function, name and args. */
#pragma D attributes Stable/Stable/Common provider io probe
BEGIN { exit(0); }
