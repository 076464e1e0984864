(dtrace: error on enabled probe ID 1 \(ID \d+: syscall:vmlinux:getppid:entry\): divide-by-zero in action #2\n){4}.*
