package sandbox

// PIDs lists the processes of the environments.
func (f *Function) PIDs() []int {
	f.mu.Lock()
	defer f.mu.Unlock()
	var found []int
	for e := range f.all {
		if pid, running := e.pid(); running {
			found = append(found, pid)
		}
	}
	return found
}
