(dtrace: pid \d+ has exited
)?