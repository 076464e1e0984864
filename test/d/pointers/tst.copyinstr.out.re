(.*\n)?/etc/hostname /etc \d+(.*\n)*
