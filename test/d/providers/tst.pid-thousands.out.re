1499500
printf 1
inner 1000
middle 1000
outer 1000

...
