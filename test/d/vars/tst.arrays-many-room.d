/* SPDX-License-Identifier: MIT */
/*
 * Arrays that share a map share its room, and what is freed in one serves the next.
 * @@ args: -x dynvarsize=128 -c "$TRIGGERS/syscalls 2000"
 * @@ needs: x86_64
 */
int n;
int kept;
syscall::getppid:entry
/pid == $target/
{
	a[n] = 1; b[n] = 1; c[n] = 1; d[n] = 1; e[n] = 1; f[n] = 1; g[n] = 1; h[n] = 1;
	kept += a[n] + b[n] + c[n] + d[n] + e[n] + f[n] + g[n] + h[n];
	a[n] = 0; b[n] = 0; c[n] = 0; d[n] = 0; e[n] = 0; f[n] = 0; g[n] = 0; h[n] = 0;
	i[n] = 1; j[n] = 1; k[n] = 1; l[n] = 1; m[n] = 1;
	kept += i[n] + j[n] + k[n] + l[n] + m[n];
	i[n] = 0; j[n] = 0; k[n] = 0; l[n] = 0; m[n] = 0;
	n++;
}
END { printf("%d", kept); }
