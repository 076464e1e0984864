/* SPDX-License-Identifier: MIT */
/* A description that names no provider is Unstable. */
#pragma D option amin=Evolving/Evolving/Common
BEGIN { exit(0); }
