/* SPDX-License-Identifier: MIT */
/* An inline is worth what its pragma says, also if its expression is worth more. */
#pragma D option amin=Evolving/Evolving/Common
inline int three = 3;
#pragma D attributes Unstable/Stable/Common three
dtrace:::BEGIN { trace(three); exit(0); }
