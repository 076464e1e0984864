dtrace: error on enabled probe ID 2 \(ID \d+: syscall:vmlinux:write:return\): invalid address \(0x8\) in action #1
