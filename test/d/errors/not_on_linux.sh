# SPDX-License-Identifier: MIT
# Each name of DTrace elsewhere that Linux cannot have is refused with its tag and a reason; prints
# those for which that is not so, and how many there are.
variables="cpucycles cpuinstrs dispatchqaddr machctimestamp machtimestamp vcycles vinstrs swiftself
	swifterror jailname jid vmregs pset"
functions="ddi_pathname msgdsize msgsize kdebug_trace kdebug_trace_string kvtophys livedump mtons
	physmem_read physmem_write strip vm_kernel_addrperm memref memstr typeref
	sx_exclusive_held sx_isexclusive sx_shared_held"
actions="apple_define apple_flag apple_general apple_log apple_stack apple_ustack pidresume
	printt printm breakpoint panic"

refused() { # TAG NAME STATEMENT
	"$DTRACE" -w -xerrtags -e -n "BEGIN { $3; }" 2>&1 |
		grep -q "\[$1\].*$2.* is not available on Linux: it [a-z]" || echo "$3"
	n=$((n + 1))
}

n=0
for name in $variables; do refused D_IDENT_UNDEF "$name" "trace($name)"; done
for name in $functions; do refused D_FUNC_UNDEF "$name" "trace($name(0))"; done
for name in $actions; do refused D_FUNC_UNDEF "$name" "$name()"; done
echo "$n names"
