/* SPDX-License-Identifier: MIT */
/*
 * A request that has to be sent again is one request.
 * @@ needs: btf
 * @@ args: -c "unshare -n python3 service.py ignored 4760"
 */
tcp:::connect-request /args[4]->tcp_sport == 4762 && args[4]->tcp_dport == 4760/ { requests++; }
tcp:::send
/args[4]->tcp_sport == 4762 && args[4]->tcp_dport == 4760 && args[4]->tcp_flags == TH_SYN/
{
	sent++;
}
END { printf("%d %d", requests, sent > 1); }
