dtrace: script '.*' matched 1 probe
