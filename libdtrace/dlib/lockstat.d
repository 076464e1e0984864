/* SPDX-License-Identifier: MIT */
/* How a readers/writer lock was wanted: arg2 of lockstat:::rw-block and rw-spin. */
inline int RW_WRITER = 0;
inline int RW_READER = 1;

#pragma D attributes Evolving/Evolving/Common RW_WRITER
#pragma D attributes Evolving/Evolving/Common RW_READER
