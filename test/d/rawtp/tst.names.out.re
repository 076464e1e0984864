	Argument Types
		args\[0\]: bool
		args\[1\]: struct task_struct \*
		args\[2\]: struct task_struct \*
		args\[3\]: unsigned int

	Argument Names
		arg0: preempt
		arg1: prev
		arg2: next
2 rawtp sched_switch
