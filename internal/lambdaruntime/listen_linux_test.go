package lambdaruntime

import (
	"net"
	"os"
	"syscall"
	"testing"
)

// A process that the function's own starts must not hold its connections open.
func TestListenerIsNotInherited(t *testing.T) {
	l, err := listen()
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	client, err := net.Dial("tcp", l.address())
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	conn, err := l.accept()
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
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
