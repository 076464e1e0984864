310 30
(_Z4leafl 30|_Z6middlelRl 30)
(_Z4leafl 30|_Z6middlelRl 30)

