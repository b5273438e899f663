package lambdaruntime

import (
	"os"
	"syscall"
	"testing"
)

// A process that the function's own starts must not hold its connections open.
func TestListenerIsNotInherited(t *testing.T) {
	l, _, conn := connect(t)
	for name, file := range map[string]*os.File{"listener": l.file, "connection": conn.(*os.File)} {
		raw, err := file.SyscallConn()
		if err != nil {
			t.Fatal(err)
		}
		err = raw.Control(func(fd uintptr) {
			if flags, _, fault := syscall.Syscall(syscall.SYS_FCNTL, fd, syscall.F_GETFD, 0); fault != 0 || flags&syscall.FD_CLOEXEC == 0 {
				t.Errorf("the %s would be inherited: flags %#x, %v", name, flags, fault)
			}
		})
		if err != nil {
			t.Error(err)
		}
	}
}
