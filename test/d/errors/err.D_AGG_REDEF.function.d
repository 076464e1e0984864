/* An aggregation keeps its function. */
BEGIN { @a = count(); }
END { @a = sum(1); }
