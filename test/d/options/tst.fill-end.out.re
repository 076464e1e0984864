0
1
2
...
the end

