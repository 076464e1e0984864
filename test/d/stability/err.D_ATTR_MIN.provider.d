/* SPDX-License-Identifier: MIT */
/* A pragma may be about a part of a provider. */
#pragma D option amin=Evolving/Evolving/Common
#pragma D attributes Private/Private/Unknown provider dtrace name
dtrace:::BEGIN { exit(0); }
