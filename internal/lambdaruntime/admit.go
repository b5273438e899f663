package lambdaruntime

import "net"

// serveProcess makes the API accept connections of a process, which leads a group, and of its children. Group 0 is
// none. Only the first call counts.
func (a *api) serveProcess(group int) {
	a.start.Do(func() {
		a.group = group
		close(a.started)
	})
}

// admits reports whether a connection is one of the process's. It waits until the process has been started, or drain
// says that there is none: not for the end of the process, which may have sent something before.
func (a *api) admits(conn net.Conn) bool {
	<-a.started
	return a.group != 0 && belongs(conn, a.group)
}
