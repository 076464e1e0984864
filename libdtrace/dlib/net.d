/* SPDX-License-Identifier: MIT */
/* Networking: address families and protocols, connections, and what ip.d, tcp.d and udp.d share. */
inline int AF_UNSPEC = 0;
inline int AF_UNIX = 1;
inline int AF_LOCAL = 1;
inline int AF_INET = 2;
inline int AF_AX25 = 3;
inline int AF_IPX = 4;
inline int AF_APPLETALK = 5;
inline int AF_X25 = 9;
inline int AF_INET6 = 10;
inline int AF_KEY = 15;
inline int AF_NETLINK = 16;
inline int AF_PACKET = 17;
inline int AF_RDS = 21;
inline int AF_CAN = 29;
inline int AF_TIPC = 30;
inline int AF_BLUETOOTH = 31;
inline int AF_ALG = 38;
inline int AF_VSOCK = 40;
inline int AF_SMC = 43;
inline int AF_XDP = 44;

inline int SOCK_STREAM = 1;
inline int SOCK_DGRAM = 2;
inline int SOCK_RAW = 3;
inline int SOCK_RDM = 4;
inline int SOCK_SEQPACKET = 5;
inline int SOCK_NONBLOCK = 04000;
inline int SOCK_CLOEXEC = 02000000;

inline int IPPROTO_IP = 0;
inline int IPPROTO_ICMP = 1;
inline int IPPROTO_IGMP = 2;
inline int IPPROTO_IPIP = 4;
inline int IPPROTO_TCP = 6;
inline int IPPROTO_EGP = 8;
inline int IPPROTO_PUP = 12;
inline int IPPROTO_UDP = 17;
inline int IPPROTO_IDP = 22;
inline int IPPROTO_DCCP = 33;
inline int IPPROTO_IPV6 = 41;
inline int IPPROTO_ROUTING = 43;
inline int IPPROTO_FRAGMENT = 44;
inline int IPPROTO_RSVP = 46;
inline int IPPROTO_GRE = 47;
inline int IPPROTO_ESP = 50;
inline int IPPROTO_AH = 51;
inline int IPPROTO_ICMPV6 = 58;
inline int IPPROTO_NONE = 59;
inline int IPPROTO_DSTOPTS = 60;
inline int IPPROTO_OSPF = 89;
inline int IPPROTO_PIM = 103;
inline int IPPROTO_SCTP = 132;
inline int IPPROTO_UDPLITE = 136;
inline int IPPROTO_RAW = 255;

inline string ip_protocol_string[int protocol] =
    protocol == IPPROTO_TCP ? "TCP" : protocol == IPPROTO_UDP ? "UDP" :
    protocol == IPPROTO_ICMP ? "ICMP" : protocol == IPPROTO_ICMPV6 ? "ICMPV6" :
    protocol == IPPROTO_IGMP ? "IGMP" : protocol == IPPROTO_IPIP ? "IPIP" :
    protocol == IPPROTO_IPV6 ? "IPV6" : protocol == IPPROTO_GRE ? "GRE" :
    protocol == IPPROTO_ESP ? "ESP" : protocol == IPPROTO_AH ? "AH" :
    protocol == IPPROTO_SCTP ? "SCTP" : protocol == IPPROTO_FRAGMENT ? "FRAGMENT" :
    protocol == IPPROTO_ROUTING ? "ROUTING" : protocol == IPPROTO_DSTOPTS ? "DSTOPTS" :
    "<unknown>";

typedef struct in6_addr in6_addr_t;

/* ---- sockets ---- */

/* The socket's own and the other side's address; "<none>" where the family is not IP. */
inline string sock_local_address[struct sock *S] =
    S->__sk_common.skc_family == AF_INET6 ? inet_ntoa6(&S->__sk_common.skc_v6_rcv_saddr) :
    S->__sk_common.skc_family == AF_INET ?
    inet_ntoa((ipaddr_t *)&S->__sk_common.skc_rcv_saddr) : "<none>";
inline string sock_remote_address[struct sock *S] =
    S->__sk_common.skc_family == AF_INET6 ? inet_ntoa6(&S->__sk_common.skc_v6_daddr) :
    S->__sk_common.skc_family == AF_INET ?
    inet_ntoa((ipaddr_t *)&S->__sk_common.skc_daddr) : "<none>";

typedef struct conninfo {
	string ci_local;       /* address of this side */
	string ci_remote;      /* address of the other one */
	string ci_protocol;    /* ipv4, ipv6 */
} conninfo_t;

translator conninfo_t < struct sock *S > {
	ci_local = sock_local_address[S];
	ci_remote = sock_remote_address[S];
	ci_protocol = S->__sk_common.skc_family == AF_INET ? "ipv4" :
	    S->__sk_common.skc_family == AF_INET6 ? "ipv6" : "<unknown>";
};

/* ---- packets ---- */

typedef struct pktinfo {
	uintptr_t pkt_addr;    /* the kernel's struct sk_buff */
} pktinfo_t;

translator pktinfo_t < struct sk_buff *P > {
	pkt_addr = (uintptr_t)P;
};

/* Where the headers of a packet are.  What is sent has its transport header's place; of what comes
 * in, only the kernel's later layers know it, and the IP header tells it. */
inline uint8_t *skb_network[struct sk_buff *P] = (uint8_t *)P->head + P->network_header;
inline uint8_t skb_ip_version[struct sk_buff *P] = *skb_network[P] >> 4;
inline uint8_t *skb_transport[struct sk_buff *P] =
    P->transport_header != 0xffff && P->transport_header > P->network_header ?
    (uint8_t *)P->head + P->transport_header :
    skb_network[P] + (skb_ip_version[P] == 6 ? 40 : (*skb_network[P] & 0xf) * 4);

/*
 * The providers' probes at packets give the packet (struct sk_buff) where it goes out, and its IP
 * header (struct iphdr, of either version) where it comes in: so translators know which side of it
 * is this machine.
 *
 * Of the headers that may stand in front of TCP's and UDP's in IPv6, these know the first one, with
 * options for each hop.  The kernel itself puts one in where a packet is longer than 64 KiB.
 */
inline uint8_t *ip6_behind[struct iphdr *I] = (uint8_t *)I + 40;
inline uint8_t ip_protocol[struct iphdr *I] = I->version != 6 ? I->protocol :
    ((struct ipv6hdr *)I)->nexthdr == 0 ? *ip6_behind[I] : ((struct ipv6hdr *)I)->nexthdr;
inline uint8_t *ip_transport[struct iphdr *I] = I->version != 6 ? (uint8_t *)I + I->ihl * 4 :
    ((struct ipv6hdr *)I)->nexthdr == 0 ? ip6_behind[I] + (*(ip6_behind[I] + 1) + 1) * 8 :
    ip6_behind[I];
inline int ip_has_ports[struct iphdr *I] = ip_protocol[I] == IPPROTO_TCP ||
    ip_protocol[I] == IPPROTO_UDP;
inline string ip_source[struct iphdr *I] = I->version == 6 ?
    inet_ntoa6(&((struct ipv6hdr *)I)->saddr) : inet_ntoa((ipaddr_t *)&I->saddr);
inline string ip_destination[struct iphdr *I] = I->version == 6 ?
    inet_ntoa6(&((struct ipv6hdr *)I)->daddr) : inet_ntoa((ipaddr_t *)&I->daddr);

/* ---- connections ---- */

/*
 * A number for a connection's end, made of both addresses and ports: so it is the same at packets
 * out and in and at changes of the socket.  Where the addresses are of IPv6, their words are mixed.
 */
inline uint64_t connection_id[uint32_t local, uint32_t remote, uint16_t lport, uint16_t rport] =
    (uint64_t)lport << 48 | (uint64_t)rport << 32 | (uint32_t)(local << 16 | local >> 16) ^ remote;
inline uint32_t address_mix[uint32_t *A] = A[0] ^ A[1] ^ A[2] ^ A[3];
inline uint32_t ip_source_mix[struct iphdr *I] = I->version == 6 ?
    address_mix[(uint32_t *)&((struct ipv6hdr *)I)->saddr] : I->saddr;
inline uint32_t ip_destination_mix[struct iphdr *I] = I->version == 6 ?
    address_mix[(uint32_t *)&((struct ipv6hdr *)I)->daddr] : I->daddr;
inline uint16_t ip_source_port[struct iphdr *I] = ip_has_ports[I] ?
    ntohs(*(uint16_t *)ip_transport[I]) : 0;
inline uint16_t ip_destination_port[struct iphdr *I] = ip_has_ports[I] ?
    ntohs(*((uint16_t *)ip_transport[I] + 1)) : 0;

typedef struct csinfo {
	uintptr_t cs_addr;     /* the kernel's struct sock; 0: not known */
	uint64_t cs_cid;       /* names this end of the connection, by its addresses and ports */
	pid_t cs_pid;          /* no translation: processes share sockets */
	zoneid_t cs_zoneid;
} csinfo_t;

translator csinfo_t < struct sock *S > {
	cs_addr = (uintptr_t)S;
	cs_cid = S == NULL ? 0 : S->__sk_common.skc_family == AF_INET6 ?
	    connection_id[address_mix[(uint32_t *)&S->__sk_common.skc_v6_rcv_saddr],
	    address_mix[(uint32_t *)&S->__sk_common.skc_v6_daddr],
	    ntohs(((struct inet_sock *)S)->inet_sport), ntohs(S->__sk_common.skc_dport)] :
	    S->__sk_common.skc_family == AF_INET ?
	    connection_id[S->__sk_common.skc_rcv_saddr, S->__sk_common.skc_daddr,
	    ntohs(((struct inet_sock *)S)->inet_sport), ntohs(S->__sk_common.skc_dport)] : 0;
	cs_zoneid = 0;
};

/* Of a packet that goes out, and of one that came in. */
inline struct iphdr *skb_ip[struct sk_buff *P] = (struct iphdr *)skb_network[P];
translator csinfo_t < struct sk_buff *P > {
	cs_addr = (uintptr_t)P->sk;
	cs_cid = connection_id[ip_source_mix[skb_ip[P]], ip_destination_mix[skb_ip[P]],
	    ip_source_port[skb_ip[P]], ip_destination_port[skb_ip[P]]];
	cs_zoneid = 0;
};

translator csinfo_t < struct iphdr *I > {
	cs_addr = 0;
	cs_cid = connection_id[ip_destination_mix[I], ip_source_mix[I],
	    ip_destination_port[I], ip_source_port[I]];
	cs_zoneid = 0;
};
