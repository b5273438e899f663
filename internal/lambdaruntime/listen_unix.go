//go:build unix

package lambdaruntime

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// listener accepts TCP connections on an ephemeral port of the loopback interface.
type listener struct {
	file *os.File // of the socket
	port int
}

func listen() (*listener, error) {
	syscall.ForkLock.RLock() // no child may have the socket
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err == nil {
		syscall.CloseOnExec(fd)
	}
	syscall.ForkLock.RUnlock()
	if err != nil {
		return nil, os.NewSyscallError("socket", err)
	}
	port, err := bindToLoopback(fd)
	if err != nil {
		return nil, errors.Join(err, syscall.Close(fd))
	}
	return &listener{file: os.NewFile(uintptr(fd), "loopback"), port: port}, nil
}

// bindToLoopback makes the socket listen and not block, which has os.NewFile wait for it as package
// net would.
func bindToLoopback(fd int) (port int, err error) {
	if err := syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}); err != nil {
		return 0, os.NewSyscallError("bind", err)
	}
	if err := syscall.Listen(fd, 16); err != nil {
		return 0, os.NewSyscallError("listen", err)
	}
	address, err := syscall.Getsockname(fd)
	if err != nil {
		return 0, os.NewSyscallError("getsockname", err)
	}
	bound, ok := address.(*syscall.SockaddrInet4)
	if !ok {
		return 0, fmt.Errorf("the socket is bound to a %T", address)
	}
	return bound.Port, os.NewSyscallError("fcntl", syscall.SetNonblock(fd, true))
}

func (l *listener) address() string { return fmt.Sprintf("127.0.0.1:%d", l.port) }

// Close ends accept, too.
func (l *listener) Close() error { return l.file.Close() }

func (l *listener) accept() (connection, error) {
	raw, err := l.file.SyscallConn()
	if err != nil {
		return nil, err
	}
	for {
		var fd int
		var fault error
		err := raw.Read(func(listening uintptr) (done bool) {
			syscall.ForkLock.RLock()
			defer syscall.ForkLock.RUnlock()
			fd, _, fault = syscall.Accept(int(listening))
			if fault == nil {
				syscall.CloseOnExec(fd)
			}
			return fault != syscall.EAGAIN
		})
		switch {
		case err != nil:
			return nil, err
		case fault == syscall.EINTR, fault == syscall.ECONNABORTED: // of that one connection
			continue
		case fault != nil:
			return nil, os.NewSyscallError("accept", fault)
		}
		// An answer is whole: nothing is won by waiting for more of it.
		err = errors.Join(syscall.SetNonblock(fd, true), syscall.SetsockoptInt(fd, syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1))
		if err != nil {
			return nil, errors.Join(err, syscall.Close(fd))
		}
		return os.NewFile(uintptr(fd), "loopback"), nil
	}
}
