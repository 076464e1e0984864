...
outer 1
middle 2
inner 3
20 35 0
