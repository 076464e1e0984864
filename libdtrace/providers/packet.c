/* SPDX-License-Identifier: MIT */
/* Packets at tracepoints: packet.h says where they are seen, and which count. */
#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include "providers/packet.h"
#include "runtime/runtime.h"
#include "types/types.h"

#define PACKET_TYPE_MASK 7 /* the kernel's PKT_TYPE_MAX: a bit-field, first in its byte */
#define VLAN_TAG_SIZE    4

static const char ip_key, header_key; /* for dt_cg_cached() */

static dt_vreg packet(struct dt_cg *cg)
{
	return dt_event_word(cg, 0);
}

static dt_vreg field(struct dt_cg *cg, const char *member)
{
	return dt_cg_load_field(cg, packet(cg), "sk_buff", DT_MEMBERS(member));
}

static bool is_at(const struct dt_cg *cg, const char *tracepoint)
{
	return strcmp(cg->point->probes[0]->func, tracepoint) == 0;
}

/* ---- where the headers are ---- */

/*
 * Where a packet comes in, `data` is at the header of the layer above the device's: that of IP, or
 * a VLAN's tag that the device has left in.  Elsewhere the place of the IP header is noted.
 */
static dt_vreg incoming_ip(struct dt_cg *cg)
{
	dt_vreg at = dt_ir_new(&cg->ir);
	dt_label untagged = dt_ir_label(&cg->ir);

	dt_ir_set(&cg->ir, at, dt_ir_un(&cg->ir, DT_IR_NUM, field(cg, "data")));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, field(cg, "protocol"), htons(ETH_P_8021Q), untagged);
	dt_ir_set(&cg->ir, at, dt_ir_bini(&cg->ir, DT_IR_ADD, at, VLAN_TAG_SIZE));
	dt_ir_place(&cg->ir, untagged);
	return at;
}

dt_vreg dt_packet_ip(struct dt_cg *cg)
{
	dt_vreg at = dt_cg_cached(cg, &ip_key);

	if (at)
		return at;
	at = is_at(cg, DT_PACKET_RECEIVED)
		     ? incoming_ip(cg)
		     : dt_ir_bin(&cg->ir, DT_IR_ADD,
				 dt_ir_un(&cg->ir, DT_IR_NUM, field(cg, "head")),
				 field(cg, "network_header"));
	dt_cg_cache(cg, &ip_key, at);
	return at;
}

dt_vreg dt_packet_header(struct dt_cg *cg)
{
	dt_vreg header = dt_cg_cached(cg, &header_key);

	if (header)
		return header;
	header = dt_ir_runtime(&cg->ir, DT_RT_IP_HEADER, DT_ARGS(dt_packet_ip(cg)));
	dt_cg_cache(cg, &header_key, header);
	return header;
}

dt_vreg dt_packet_transport(struct dt_cg *cg)
{
	dt_vreg distance = dt_ir_bini(&cg->ir, DT_IR_SHR, dt_packet_header(cg),
				      DT_IP_DISTANCE_SHIFT);

	return dt_ir_bin(&cg->ir, DT_IR_ADD, dt_packet_ip(cg),
			 dt_ir_ext(&cg->ir, distance, 2, false));
}

static dt_vreg ip_of_version(struct dt_cg *cg, int64_t version)
{
	dt_vreg at = dt_ir_new(&cg->ir);
	dt_vreg is = dt_ir_bini(&cg->ir, DT_IR_SHR, dt_packet_header(cg), DT_IP_VERSION_SHIFT);
	dt_label other = dt_ir_label(&cg->ir);

	dt_ir_seti(&cg->ir, at, 0);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, is, version, other);
	dt_ir_set(&cg->ir, at, dt_packet_ip(cg));
	dt_ir_place(&cg->ir, other);
	return at;
}

dt_vreg dt_packet_ipv4(struct dt_cg *cg)
{
	return ip_of_version(cg, 4);
}

dt_vreg dt_packet_ipv6(struct dt_cg *cg)
{
	return ip_of_version(cg, 6);
}

dt_vreg dt_packet_device(struct dt_cg *cg)
{
	return field(cg, "dev");
}

dt_vreg dt_packet_bytes(struct dt_cg *cg, uint32_t off, uint32_t width)
{
	dt_vreg at = dt_ir_bini(&cg->ir, DT_IR_ADD, dt_packet_transport(cg), off);

	return dt_cg_peek(cg, at, width);
}

/* ---- which packets count ---- */

static void only_protocols_of_ip(struct dt_cg *cg, bool tagged, dt_label none)
{
	dt_vreg protocol = field(cg, "protocol");
	dt_label is = dt_ir_label(&cg->ir);

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, protocol, htons(ETH_P_IP), is);
	if (tagged)
		dt_ir_jcci(&cg->ir, DT_IR_JEQ, protocol, htons(ETH_P_8021Q), is);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, protocol, htons(ETH_P_IPV6), none);
	dt_ir_place(&cg->ir, is);
}

static void only_with(struct dt_cg *cg, uint32_t protocol, dt_label none)
{
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_packet_header(cg), 0, none);
	if (protocol)
		dt_ir_jcci(&cg->ir, DT_IR_JNE,
			   dt_ir_bini(&cg->ir, DT_IR_AND, dt_packet_header(cg), DT_IP_PROTOCOL),
			   protocol, none);
}

/* The index of the interface by which it came in is 0 for what is made here. */
static void only_of(struct dt_cg *cg, enum dt_packet_whose whose, dt_label none)
{
	if (whose != DT_PACKET_ANY)
		dt_ir_jcci(&cg->ir, whose == DT_PACKET_OWN ? DT_IR_JNE : DT_IR_JEQ,
			   field(cg, "skb_iif"), 0, none);
}

/* The bits of net_device.priv_flags with these names. */
static int64_t device_kinds(struct dt_cg *cg, const char *const *names)
{
	int64_t kinds = 0, bit;

	for (; *names; names++) {
		const struct dt_type *type;

		if (dt_types_enumerator(cg->plan->env->types, NULL, *names, &type, &bit))
			kinds |= bit;
	}
	return kinds;
}

static void no_devices_of(struct dt_cg *cg, const char *const *kinds, dt_label none)
{
	uint32_t off = dt_cg_field(cg, "net_device", DT_MEMBERS("priv_flags"), NULL);
	/* In some kernels a bit-field of 32 bits. */
	dt_vreg flags = dt_ir_ld(&cg->ir, dt_packet_device(cg), (int32_t)off, 4);

	dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, device_kinds(cg, kinds), none);
}

/*
 * A device below another takes packets from that one, not from IP: the port of a bridge, a team or
 * a switch, a bond's slave, and a device whose packet has a VLAN's tag already.
 */
void dt_packet_sent(struct dt_cg *cg, enum dt_packet_whose whose, uint32_t protocol, dt_label none)
{
	dt_vreg flags;

	only_protocols_of_ip(cg, false, none);
	only_of(cg, whose, none);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, field(cg, "vlan_proto"), 0, none);
	flags = dt_cg_load_field(cg, dt_packet_device(cg), "net_device", DT_MEMBERS("flags"));
	dt_ir_jcci(&cg->ir, DT_IR_JSET, flags, IFF_SLAVE, none);
	no_devices_of(cg, DT_MEMBERS("IFF_BRIDGE_PORT", "IFF_OVS_DATAPATH", "IFF_TEAM_PORT"), none);
	only_with(cg, protocol, none);
}

/*
 * A bridge hands to IP, by its own device, what is for this machine: that counts there, and not at
 * the port.  Bonds, teams and VLANs hand on what has counted already.  IP does not look at what is
 * for other hosts, which a device in promiscuous mode hands over.
 */
void dt_packet_received(struct dt_cg *cg, uint32_t protocol, dt_label none)
{
	uint32_t off = dt_cg_field(cg, "sk_buff", DT_MEMBERS("pkt_type"), NULL);
	dt_vreg type;

	only_protocols_of_ip(cg, true, none);
	type = dt_ir_bini(&cg->ir, DT_IR_AND, dt_ir_ld(&cg->ir, packet(cg), (int32_t)off, 1),
			  PACKET_TYPE_MASK);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, type, PACKET_OTHERHOST, none);
	no_devices_of(cg, DT_MEMBERS("IFF_BRIDGE_PORT", "IFF_OVS_DATAPATH"), none);
	only_with(cg, protocol, none);
}

void dt_packet_dropped(struct dt_cg *cg, enum dt_packet_whose whose, uint32_t protocol,
		       dt_label none)
{
	only_protocols_of_ip(cg, false, none);
	only_of(cg, whose, none);
	only_with(cg, protocol, none);
}

void dt_packet_sent_tcp(struct dt_cg *cg, uint8_t mask, uint8_t flags, dt_label none)
{
	dt_vreg byte;

	dt_packet_sent(cg, DT_PACKET_OWN, IPPROTO_TCP, none);
	byte = dt_packet_bytes(cg, DT_TCP_FLAGS_AT, 1);
	dt_ir_jcci(&cg->ir, DT_IR_JNE, dt_ir_bini(&cg->ir, DT_IR_AND, byte, mask), flags, none);
}

/* ---- connections ---- */

dt_vreg dt_packet_connection(struct dt_cg *cg, dt_label none)
{
	dt_vreg socket = field(cg, "sk"), state, type;

	dt_ir_jcci(&cg->ir, DT_IR_JEQ, socket, 0, none);
	state = dt_cg_load_field(cg, socket, "sock", DT_MEMBERS("__sk_common", "skc_state"));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, state, DT_TCP_NEW, none);
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, state, DT_TCP_TIME_WAIT, none);
	type = dt_cg_load_field(cg, socket, "sock", DT_MEMBERS("sk_type"));
	dt_ir_jcci(&cg->ir, DT_IR_JNE, type, SOCK_STREAM, none);
	return dt_ir_un(&cg->ir, DT_IR_NUM, socket);
}

static void only_states(struct dt_cg *cg, uint32_t word, uint32_t states, dt_label none)
{
	dt_vreg bit;

	if (states == DT_TCP_ANY)
		return;
	bit = dt_ir_bin(&cg->ir, DT_IR_SHL, dt_ir_const(&cg->ir, 1), dt_event_word(cg, word));
	dt_ir_jcci(&cg->ir, DT_IR_JEQ, dt_ir_bini(&cg->ir, DT_IR_AND, bit, states), 0, none);
}

void dt_tcp_changed(struct dt_cg *cg, uint32_t from, uint32_t to, dt_label none)
{
	dt_vreg protocol = dt_cg_load_field(cg, dt_event_word(cg, DT_TCP_CHANGED_SOCKET), "sock",
					    DT_MEMBERS("sk_protocol"));

	dt_ir_jcci(&cg->ir, DT_IR_JNE, protocol, IPPROTO_TCP, none);
	only_states(cg, DT_TCP_CHANGED_FROM, from, none);
	only_states(cg, DT_TCP_CHANGED_TO, to, none);
}
