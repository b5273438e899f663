//go:build !linux

package lambdaruntime

import "net"

// belongs cannot find out here whose a connection is: on a machine that several people use, others can take an event
// and answer it.
func belongs(net.Conn, int) bool { return true }
