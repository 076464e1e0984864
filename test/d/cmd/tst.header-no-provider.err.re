dtrace: failed to carry out -h: .*
