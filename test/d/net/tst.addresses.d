/* SPDX-License-Identifier: MIT */
/*
 * Addresses of a TCP connection over loopback, from the kernel's socket.
 * @@ needs: btf
 * @@ args: -c "python3 tst.addresses.py"
 */
inline int AF_INET = 2;
inline int AF_INET6 = 10;
inline int TCP_SYN_SENT = 2;

sdt:::inet_sock_set_state
/pid == $target && args[2] == TCP_SYN_SENT && args[0]->__sk_common.skc_family == AF_INET/
{
	this->common = &args[0]->__sk_common;
	printf("%s %s\n", inet_ntoa((ipaddr_t *)&this->common->skc_daddr),
	    inet_ntop(AF_INET, &this->common->skc_daddr));
}

sdt:::inet_sock_set_state
/pid == $target && args[2] == TCP_SYN_SENT && args[0]->__sk_common.skc_family == AF_INET6/
{
	this->common = &args[0]->__sk_common;
	printf("%s %s\n", inet_ntoa6(&this->common->skc_v6_daddr),
	    inet_ntop(AF_INET6, &this->common->skc_v6_daddr));
}
