CPU FUNCTION {33}
 +[0-9]+ \| :BEGIN +
 +[0-9]+ \| :BEGIN +
 +[0-9]+ \| :END +

