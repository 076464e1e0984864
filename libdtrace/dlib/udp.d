/* SPDX-License-Identifier: MIT */
/* UDP: datagrams and sockets. */
typedef struct udphdr udpha_t;

typedef struct udpinfo {
	uint16_t udp_sport;
	uint16_t udp_dport;
	uint16_t udp_length;   /* bytes with the header */
	uint16_t udp_checksum;
	udpha_t *udp_hdr;
} udpinfo_t;

translator udpinfo_t < struct udphdr *U > {
	udp_sport = ntohs(U->source);
	udp_dport = ntohs(U->dest);
	udp_length = ntohs(U->len);
	udp_checksum = ntohs(U->check);
	udp_hdr = U;
};

translator udpinfo_t < struct sk_buff *P > {
	udp_sport = ntohs(((struct udphdr *)skb_transport[P])->source);
	udp_dport = ntohs(((struct udphdr *)skb_transport[P])->dest);
	udp_length = ntohs(((struct udphdr *)skb_transport[P])->len);
	udp_checksum = ntohs(((struct udphdr *)skb_transport[P])->check);
	udp_hdr = (struct udphdr *)skb_transport[P];
};

typedef struct udpsinfo {
	uintptr_t udps_addr;   /* the kernel's struct sock */
	uint16_t udps_lport;
	uint16_t udps_rport;   /* 0: not connected */
	string udps_laddr;
	string udps_raddr;
} udpsinfo_t;

translator udpsinfo_t < struct sock *S > {
	udps_addr = (uintptr_t)S;
	udps_lport = S->__sk_common.skc_num;
	udps_rport = ntohs(S->__sk_common.skc_dport);
	udps_laddr = sock_local_address[S];
	udps_raddr = sock_remote_address[S];
};

/* Of a datagram that goes out, and of one that came in: its addresses and ports. */
translator udpsinfo_t < struct sk_buff *P > {
	udps_addr = (uintptr_t)P->sk;
	udps_lport = ip_source_port[skb_ip[P]];
	udps_rport = ip_destination_port[skb_ip[P]];
	udps_laddr = ip_source[skb_ip[P]];
	udps_raddr = ip_destination[skb_ip[P]];
};

translator udpsinfo_t < struct iphdr *I > {
	udps_addr = 0;
	udps_lport = ip_destination_port[I];
	udps_rport = ip_source_port[I];
	udps_laddr = ip_destination[I];
	udps_raddr = ip_source[I];
};
