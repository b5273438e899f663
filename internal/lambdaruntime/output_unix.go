//go:build unix

package lambdaruntime

import (
	"errors"
	"syscall"
)

// copy passes the output on until its end.
func (o *output) copy() {
	conn, err := o.reader.SyscallConn()
	if err != nil {
		return
	}
	_ = conn.Read(func(fd uintptr) bool { return o.pass(fd, -1) })
}

// flush passes on what the pipe holds now. A process that does not stop writing does not keep it for ever.
func (o *output) flush() {
	const most = 64 // reads
	if conn, err := o.reader.SyscallConn(); err == nil {
		_ = conn.Control(func(fd uintptr) { o.pass(fd, most) })
	}
}

// pass passes on what the pipe holds, with at most the given number of reads if it is not negative, and reports
// whether the pipe has ended.
func (o *output) pass(fd uintptr, reads int) bool {
	for ; reads != 0; reads-- {
		if more, end := o.read(fd); !more {
			return end
		}
	}
	return false
}

// read passes on a part of what the pipe holds. It reports whether there may be more, and whether the pipe has ended.
func (o *output) read(fd uintptr) (more, end bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.over.Load() {
		return false, true
	}
	n, err := syscall.Read(int(fd), o.buffer)
	switch {
	case errors.Is(err, syscall.EINTR):
		return true, false
	case errors.Is(err, syscall.EAGAIN):
		return false, false
	case err != nil || n == 0:
		return false, true
	}
	_, _ = o.out.Write(o.buffer[:n]) // a writer that fails does not stop the function
	return true, false
}
