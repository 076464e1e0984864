(No space left on device|Input/output error)
1 of 2, 1 flagged, 2 the same: \1
