/* SPDX-License-Identifier: MIT */
/*
 * Packets and connections at tracepoints, for the rows of ip, tcp, udp and mib: where a packet
 * counts as sent or received, where its headers are, and whose it is.
 *
 * A packet that goes out is seen when IP hands it to a device (DT_PACKET_SENT).  One that comes in
 * is seen when a device hands it to the network layers (DT_PACKET_RECEIVED); which socket will get
 * it is not known yet.  Many packets pass several devices: a bridge and its ports, a bond, a VLAN.
 * They count once, where IP is at work, so those that are for the device below or above are left
 * out.
 *
 * In each of these tracepoints the packet is the first argument.
 */
#ifndef DT_PROVIDERS_PACKET_H
#define DT_PROVIDERS_PACKET_H

#include "providers/event.h"

#define DT_PACKET_SENT     "net_dev_queue"
#define DT_PACKET_RECEIVED "netif_receive_skb"
#define DT_PACKET_DROPPED  "kfree_skb"
#define DT_PACKET_REASON   2 /* why: its third argument, since Linux 5.17 */

/* Of whom a packet is. */
enum dt_packet_whose {
	DT_PACKET_ANY,     /* at DT_PACKET_SENT: also what this machine forwards */
	DT_PACKET_OWN,     /* made on this machine */
	DT_PACKET_ARRIVED, /* it came in; at DT_PACKET_SENT: it is forwarded */
};

/* Code that jumps to NONE unless the packet is one of IP, counts here, is WHOSE, and carries
 * PROTOCOL (IPPROTO_*; 0: any).  Of a packet in fragments the first one does. */
void dt_packet_sent(struct dt_cg *cg, enum dt_packet_whose whose, uint32_t protocol, dt_label none);
void dt_packet_received(struct dt_cg *cg, uint32_t protocol, dt_label none);
void dt_packet_dropped(struct dt_cg *cg, enum dt_packet_whose whose, uint32_t protocol,
		       dt_label none);

/* The same for segments of TCP that this machine sends, which have just FLAGS of MASK. */
enum { DT_TCP_SEQUENCE_AT = 4, DT_TCP_DATA_AT = 12, DT_TCP_FLAGS_AT = 13 }; /* in its header */
enum { DT_TCP_FIN = 0x01, DT_TCP_SYN = 0x02, DT_TCP_RST = 0x04, DT_TCP_ACK = 0x10 };
void dt_packet_sent_tcp(struct dt_cg *cg, uint8_t mask, uint8_t flags, dt_label none);

/* What was read of the IP header by one of these (enum dt_ip_header). */
dt_vreg dt_packet_header(struct dt_cg *cg);
/* WIDTH bytes behind OFF of the header that follows, as they are in memory; 0 if they cannot be
 * read. */
dt_vreg dt_packet_bytes(struct dt_cg *cg, uint32_t off, uint32_t width);

/* The connection (struct tcp_sock) of a segment at DT_PACKET_SENT, as a number.  Jumps to NONE
 * where it has none of its own: resets, and answers to a connection's first segment. */
dt_vreg dt_packet_connection(struct dt_cg *cg, dt_label none);

/* ---- values of arguments: addresses ---- */
dt_vreg dt_packet_ip(struct dt_cg *cg);   /* the IP header */
dt_vreg dt_packet_ipv4(struct dt_cg *cg); /* the same; 0 if it is not of this version */
dt_vreg dt_packet_ipv6(struct dt_cg *cg);
dt_vreg dt_packet_transport(struct dt_cg *cg); /* the header that follows */
dt_vreg dt_packet_device(struct dt_cg *cg);    /* struct net_device; 0: none yet */

/* ---- changes of a connection's state ---- */
#define DT_TCP_CHANGED "inet_sock_set_state" /* (socket, old state, new state) */
enum { DT_TCP_CHANGED_SOCKET, DT_TCP_CHANGED_FROM, DT_TCP_CHANGED_TO };

/* The kernel's states, as a set. */
#define DT_TCP_IN(state) (1u << (state))
enum {
	DT_TCP_ESTABLISHED = 1,
	DT_TCP_SYN_SENT = 2,
	DT_TCP_SYN_RECEIVED = 3,
	DT_TCP_TIME_WAIT = 6,
	DT_TCP_CLOSED = 7,
	DT_TCP_CLOSE_WAIT = 8,
	DT_TCP_LISTEN = 10,
	DT_TCP_NEW = 12, /* asked for, not established: has no full socket yet */
};
#define DT_TCP_ANY UINT32_MAX

/* Jumps to NONE unless it is TCP's and one of FROM to one of TO.  Sockets of other protocols have
 * states, too. */
void dt_tcp_changed(struct dt_cg *cg, uint32_t from, uint32_t to, dt_label none);

#endif
