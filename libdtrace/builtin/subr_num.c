/* SPDX-License-Identifier: MIT */
/* Subroutines on numbers, and on what the network writes as numbers. */
#include "base/util.h"
#include "builtin/builtins.h"
#include "check/checker.h"

const struct dt_builtin dt_builtins_subr_num[] = {
	{ "htonl", DT_BI_SUBR, "uint32_t(uint32_t)", .doc = "32 bits from the host's order of bytes to the network's." },
	{ "htonll", DT_BI_SUBR, "uint64_t(uint64_t)", .doc = "64 bits from the host's order of bytes to the network's." },
	{ "htons", DT_BI_SUBR, "uint16_t(uint16_t)", .doc = "16 bits from the host's order of bytes to the network's." },
	{ "inet_ntoa", DT_BI_SUBR, "string(ipaddr_t *)", .doc = "The dotted text of the IPv4 address at a kernel address." },
	{ "inet_ntoa6", DT_BI_SUBR, "string(struct in6_addr *)", .doc = "The text of the IPv6 address at a kernel address." },
	{ "inet_ntop", DT_BI_SUBR, "string(int, void *)", .doc = "The text of an address of family AF_INET or AF_INET6." },
	{ "link_ntop", DT_BI_SUBR, "string(int, void *)", .doc = "The text of a link layer address." },
	{ "lltostr", DT_BI_SUBR, "string(int64_t, [int])", .doc = "A number as text, in a base from 2 to 36." },
	{ "ntohl", DT_BI_SUBR, "uint32_t(uint32_t)", .doc = "32 bits from the network's order of bytes to the host's." },
	{ "ntohll", DT_BI_SUBR, "uint64_t(uint64_t)", .doc = "64 bits from the network's order of bytes to the host's." },
	{ "ntohs", DT_BI_SUBR, "uint16_t(uint16_t)", .doc = "16 bits from the network's order of bytes to the host's." },
	{ "rand", DT_BI_SUBR, "int()", .doc = "A pseudo-random number." },
	{ "strtoll", DT_BI_SUBR, "int64_t(const char *, [int])", .doc = "The number that a text begins with, in a base." },
};
const size_t dt_nbuiltins_subr_num = ARRAY_SIZE(dt_builtins_subr_num);
