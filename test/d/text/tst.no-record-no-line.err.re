dtrace: script '.*' matched 2 probes
