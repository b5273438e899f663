package procfs

// Descendants lists the processes that a process has started, those that they have started, and so on.
func Descendants(pid int) []int {
	all := Children(pid)
	for i := 0; i < len(all); i++ {
		all = append(all, Children(all[i])...)
	}
	return all
}
