/* SPDX-License-Identifier: MIT */
/*
 * Segments and datagrams on their way out and in: addresses, ports, lengths, flags, and how far
 * the sequence numbers are from the one that opened the connection. Of segments only those that
 * open the connection or carry data.
 * @@ needs: btf
 * @@ alone:
 * @@ args: -x temporal -c "sh -c 'exec unshare -n python3 traffic.py >/dev/null'"
 */
uint32_t first[int];

sdt:::net_dev_queue, sdt:::netif_receive_skb
/(xlate <ifinfo_t> (args[0]->dev)).if_local &&
    (xlate <udpinfo_t> (args[0])).udp_sport + (xlate <udpinfo_t> (args[0])).udp_dport == 9423/
{
	this->ip = (struct iphdr *)(args[0]->head + args[0]->network_header);
	this->ip6 = (struct ipv6hdr *)this->ip;
	this->version = (xlate <ipinfo_t> (args[0])).ip_ver;
	this->is_tcp = (this->version == 4 ? (xlate <ipv4info_t> (this->ip)).ipv4_protocol :
	    (xlate <ipv6info_t> (this->ip6)).ipv6_nexthdr) == IPPROTO_TCP;
	this->flags = this->is_tcp ? (xlate <tcpinfo_t> (args[0])).tcp_flags : 0;
	this->bytes = (xlate <ipinfo_t> (args[0])).ip_plength -
	    (this->is_tcp ? (xlate <tcpinfo_t> (args[0])).tcp_offset : 8);
	this->shown = this->flags & TH_SYN || this->bytes;
}

sdt:::net_dev_queue, sdt:::netif_receive_skb
/this->shown && this->is_tcp/
{
	this->port = (xlate <tcpinfo_t> (args[0])).tcp_sport;
	first[this->port] = this->flags & TH_SYN ? (xlate <tcpinfo_t> (args[0])).tcp_seq :
	    first[this->port];
	printf("%s: %s.%d > %s.%d, %d bytes, flags %x, %d behind the first\n",
	    probename == "net_dev_queue" ? "out" : "in", (xlate <ipinfo_t> (args[0])).ip_saddr,
	    this->port, (xlate <ipinfo_t> (args[0])).ip_daddr,
	    (xlate <tcpinfo_t> (args[0])).tcp_dport, this->bytes, this->flags,
	    (xlate <tcpinfo_t> (args[0])).tcp_seq - first[this->port]);
}

sdt:::net_dev_queue, sdt:::netif_receive_skb
/this->shown && !this->is_tcp/
{
	printf("%s: UDP %s.%d > %s.%d, %d bytes\n", probename == "net_dev_queue" ? "out" : "in",
	    (xlate <ipinfo_t> (args[0])).ip_saddr, (xlate <udpinfo_t> (args[0])).udp_sport,
	    (xlate <ipinfo_t> (args[0])).ip_daddr, (xlate <udpinfo_t> (args[0])).udp_dport,
	    (xlate <udpinfo_t> (args[0])).udp_length);
}

sdt:::net_dev_queue
/this->shown && this->version == 4/
{
	printf("  %d %d %d %d %d %s\n", (xlate <ipv4info_t> (this->ip)).ipv4_ver,
	    (xlate <ipv4info_t> (this->ip)).ipv4_ihl,
	    (xlate <ipv4info_t> (this->ip)).ipv4_length - this->bytes,
	    (xlate <ipv4info_t> (this->ip)).ipv4_flags == IPV4_DF,
	    (xlate <ipv4info_t> (this->ip)).ipv4_ttl,
	    (xlate <ipv4info_t> (this->ip)).ipv4_protostr);
}

sdt:::net_dev_queue
/this->shown && this->version == 6/
{
	printf("  %d %d %d %s\n", (xlate <ipv6info_t> (this->ip6)).ipv6_ver,
	    (xlate <ipv6info_t> (this->ip6)).ipv6_plen - this->bytes,
	    (xlate <ipv6info_t> (this->ip6)).ipv6_hlim,
	    (xlate <ipv6info_t> (this->ip6)).ipv6_nextstr);
	printf("  %s > %s\n", (xlate <ipv6info_t> (this->ip6)).ipv6_saddr,
	    (xlate <ipv6info_t> (this->ip6)).ipv6_daddr);
}

sdt:::net_dev_queue
/this->shown && !this->is_tcp/
{
	printf("  %s %d %d %d\n", (xlate <ifinfo_t> (args[0]->dev)).if_name,
	    (xlate <ifinfo_t> (args[0]->dev)).if_local,
	    (xlate <pktinfo_t> (args[0])).pkt_addr == (uintptr_t)args[0],
	    (xlate <csinfo_t> (args[0]->sk)).cs_addr == (uintptr_t)args[0]->sk);
	printf("  %s.%d %s.%d\n", (xlate <udpsinfo_t> (args[0]->sk)).udps_laddr,
	    (xlate <udpsinfo_t> (args[0]->sk)).udps_lport,
	    (xlate <udpsinfo_t> (args[0]->sk)).udps_raddr,
	    (xlate <udpsinfo_t> (args[0]->sk)).udps_rport);
	printf("  %s %s %s\n", (xlate <conninfo_t> (args[0]->sk)).ci_local,
	    (xlate <conninfo_t> (args[0]->sk)).ci_remote,
	    (xlate <conninfo_t> (args[0]->sk)).ci_protocol);
}
