dtrace: description 'END ' matched 1 probe
dtrace: pid [0-9]+ exited with status 1
