dtrace: 1 probe left out, whose instruction the kernel cannot probe: pid[0-9]+:frames:locked:entry
