/* Actions count as well. */
BEGIN { exit(); }
