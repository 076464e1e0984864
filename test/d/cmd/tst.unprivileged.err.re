dtrace: .*CAP_\w+.*
