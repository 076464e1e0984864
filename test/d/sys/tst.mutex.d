/* SPDX-License-Identifier: MIT */
/*
 * A program that is being executed is renamed while its thread holds a mutex; before and after it
 * does not.
 * @@ needs: btf
 * @@ args: -c "sh -c '/bin/true; /bin/true'"
 */
sdt:::task_rename /progenyof($target)/
{
	this->m = &curthread->signal->cred_guard_mutex;
	@in[mutex_owned(this->m), mutex_owner(this->m) == curthread] = count();
}
syscall::exit_group:entry /progenyof($target)/
{
	this->m = &curthread->signal->cred_guard_mutex;
	@out[mutex_owned(this->m), mutex_owner(this->m) == NULL] = count();
}
END
{
	this->m = &curthread->signal->cred_guard_mutex;
	printa("%d %d %@d, ", @in);
	printa("%d %d %@d, ", @out);
	printf("%d %d", mutex_type_adaptive(this->m), mutex_type_spin(this->m));
}
