/* SPDX-License-Identifier: MIT */
/* IP headers: which protocol's header follows, and where. */
#include "runtime/rt.h"

/* enum dt_ip_header of runtime/runtime.h, which is for the compiler's side. */
#define FOUND(version, distance, protocol) \
	((u64)(version) << 24 | ((u64)(distance)&0xffff) << 8 | (u64)(protocol))
#define NONE 255

/* The extension headers of IPv6 that may stand in front of a protocol's (RFC 8200, RFC 4302). */
#define HOP_BY_HOP   0
#define ROUTING      43
#define FRAGMENT     44
#define AUTHENTICATE 51
#define DESTINATION  60

#define MAX_EXTENSIONS 8

INLINE u64 extension_size(u32 type, const u8 *extension)
{
	if (type == FRAGMENT)
		return 8;
	if (type == AUTHENTICATE)
		return (extension[1] + 2) * 4;
	return (extension[1] + 1) * 8;
}

INLINE u64 ipv6_payload(u64 address, u32 next)
{
	u64 at = OPAQUE(40), type = OPAQUE(next);
	u8 extension[8];

	for (u32 i = 0; i < MAX_EXTENSIONS; i++) {
		if (type != HOP_BY_HOP && type != ROUTING && type != FRAGMENT &&
		    type != AUTHENTICATE && type != DESTINATION)
			break;
		if (probe_read_kernel(extension, sizeof(extension), address + at))
			return 0;
		if (type == FRAGMENT && (extension[2] || extension[3] & 0xf8)) {
			type = NONE;
			break;
		}
		at = OPAQUE(at + extension_size((u32)type, extension));
		type = OPAQUE(extension[0]);
	}
	return FOUND(6, at, type);
}

DT_RT u64 dt_rt_ip_header(u64 address)
{
	u8 ip[16];

	if (probe_read_kernel(ip, sizeof(ip), address))
		return 0;
	if (ip[0] >> 4 == 6)
		return ipv6_payload(address, ip[6]);
	if (ip[0] >> 4 != 4 || (ip[0] & 15) < 5)
		return 0;
	if (ip[6] & 0x1f || ip[7])
		return FOUND(4, (ip[0] & 15) * 4, NONE);
	return FOUND(4, (ip[0] & 15) * 4, ip[9]);
}
